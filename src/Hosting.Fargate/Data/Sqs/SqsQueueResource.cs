using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate;

/// <summary>An Amazon SQS queue, with a dead-letter queue unless the model says otherwise.</summary>
[AspireExport]
public sealed class SqsQueueResource : AwsResource
{
    /// <summary>Creates a queue.</summary>
    /// <param name="name">Its name in the model.</param>
    public SqsQueueResource(string name)
        : base(name)
    {
        QueueUrl = Output(nameof(QueueUrl), "Queue URL");
        QueueArn = Output(nameof(QueueArn), "Queue ARN");
        DeadLetterQueueUrl = Output(nameof(DeadLetterQueueUrl), "Dead-letter queue URL");
        DeadLetterQueueArn = Output(nameof(DeadLetterQueueArn), "Dead-letter queue ARN");
    }

    /// <summary>The address of the queue.</summary>
    public AwsResourceOutput QueueUrl { get; }

    /// <summary>The ARN of the queue.</summary>
    public AwsResourceOutput QueueArn { get; }

    /// <summary>The address of the queue that takes what was received too often.</summary>
    public AwsResourceOutput DeadLetterQueueUrl { get; }

    /// <summary>The ARN of the queue that takes what was received too often.</summary>
    public AwsResourceOutput DeadLetterQueueArn { get; }

    /// <summary>How long a received message is hidden from others; 30 seconds unless set, as with SQS itself.</summary>
    public TimeSpan VisibilityTimeout { get; internal set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a message is received before it goes to the dead-letter queue; null where there is none.</summary>
    public int? MaxReceives { get; internal set; } = 3;

    internal override IEnumerable<AwsResourceOutput> InjectedOutputs =>
        MaxReceives is null ? [QueueUrl, QueueArn] : [QueueUrl, QueueArn, DeadLetterQueueUrl];

    internal override string? KnownOutput(string property) =>
        ExistingArn?.Split(':') is not [_, _, _, var region, var account, var name]
            ? null
            : property switch
            {
                nameof(QueueArn) => ExistingArn,
                nameof(QueueUrl) => $"https://sqs.{region}.{AwsPartition.DomainOf(region)}/{account}/{name}",
                _ => null,
            };

    internal override string ServiceVariable => "SQS";

    /// <summary>Its dead-letter queue's name in the emulator.</summary>
    internal string DeadLetterQueueName => $"{Name}-dead-letters";

    internal override DataResource ToData() => new Queue(Name, (int)VisibilityTimeout.TotalSeconds, MaxReceives, ExistingArn);

    internal override async Task<bool> ExistsAsync(EmulatedAws aws, CancellationToken cancellationToken)
    {
        try
        {
            await EmulatedQueue.FindAsync(aws, Name, cancellationToken);
            return true;
        }
        catch (QueueDoesNotExistException)
        {
            return false;
        }
    }

    internal override async Task CreateAsync(EmulatedAws aws, CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<string, string>
        {
            [QueueAttributeName.VisibilityTimeout] = VisibilityTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        if (MaxReceives is { } maxReceives)
        {
            var deadLetters = await aws.CreateQueueAsync(DeadLetterQueueName, [], cancellationToken);
            attributes[QueueAttributeName.RedrivePolicy] = JsonSerializer.Serialize(
                new { deadLetterTargetArn = deadLetters.Arn, maxReceiveCount = maxReceives }
            );
            DeadLetterQueueUrl.SetValue(deadLetters.Url);
            DeadLetterQueueArn.SetValue(deadLetters.Arn);
        }

        var queue = await aws.CreateQueueAsync(Name, attributes, cancellationToken);
        QueueUrl.SetValue(queue.Url);
        QueueArn.SetValue(queue.Arn);
    }
}
