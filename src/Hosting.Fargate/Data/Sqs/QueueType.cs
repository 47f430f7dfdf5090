using Amazon.SQS.Model;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Data;

/// <summary>Queues as the account has them.</summary>
internal sealed class QueueType : KeptType
{
    public const string Name = "AWS::SQS::Queue";

    public override string Type => Name;

    public override string NameProperty => "QueueName";

    public override string? LookupAction => "sqs:GetQueueUrl";

    public override PolicyName? InPolicies => new("sqs", "queue", Queue.LongestName);

    public override string Tell(string physicalId) => $"queue {physicalId[(physicalId.LastIndexOf('/') + 1)..]} with its messages";

    public override async Task<KeptResource?> FindAsync(
        AwsClients aws,
        AwsAccount account,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var queue = await aws.Sqs.GetQueueUrlAsync(name, cancellationToken);
            return new KeptResource(("QueueUrl", queue.QueueUrl), $"queue {name}");
        }
        catch (QueueDoesNotExistException)
        {
            return null;
        }
    }
}
