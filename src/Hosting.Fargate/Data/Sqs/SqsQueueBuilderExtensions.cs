using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Queues in a model.</summary>
public static partial class SqsQueueBuilderExtensions
{
    /// <summary>Adds an SQS queue. In run mode it lives in the model's emulator, which must be there.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">The queue's name in the model: 1 to 64 letters, digits and hyphens.</param>
    [AspireExport]
    public static IResourceBuilder<SqsQueueResource> AddSqsQueue(this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddAwsResource(new SqsQueueResource(name), "SqsQueue", "MailMultiple").WithQueueCommands();
    }

    /// <summary>Says how often a message may be received before it goes to the dead-letter queue (three times unless said).</summary>
    /// <exception cref="ArgumentOutOfRangeException">SQS takes 1 to 1000.</exception>
    [AspireExport]
    public static IResourceBuilder<SqsQueueResource> WithDeadLetterQueue(
        this IResourceBuilder<SqsQueueResource> builder,
        int maxReceives = 3
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxReceives, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxReceives, 1000);
        builder.Resource.MaxReceives = maxReceives;
        return builder;
    }

    /// <summary>Leaves the dead-letter queue out: a message that always fails is received until it expires.</summary>
    [AspireExport]
    public static IResourceBuilder<SqsQueueResource> WithoutDeadLetterQueue(this IResourceBuilder<SqsQueueResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.MaxReceives = null;
        return builder;
    }

    /// <summary>Says how long a received message is hidden from others: about as long as working on it takes, or it is renewed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">SQS takes whole seconds, up to 12 hours.</exception>
    [AspireExport]
    public static IResourceBuilder<SqsQueueResource> WithVisibilityTimeout(
        this IResourceBuilder<SqsQueueResource> builder,
        TimeSpan timeout
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromHours(12));
        ArgumentOutOfRangeException.ThrowIfNotEqual(timeout.Ticks % TimeSpan.TicksPerSecond, 0, nameof(timeout));
        builder.Resource.VisibilityTimeout = timeout;
        return builder;
    }

    /// <summary>
    /// Uses a queue that exists where the model is published, in place of making one. Its dead-letter queue is its own affair: the model
    /// then has none for it.
    /// </summary>
    /// <param name="builder">The queue's builder.</param>
    /// <param name="arn">Its ARN, <c>arn:aws:sqs:region:account:name</c>.</param>
    /// <exception cref="ArgumentException">It is no standard queue's ARN.</exception>
    [AspireExport("useExistingQueue", MethodName = "useExisting")]
    public static IResourceBuilder<SqsQueueResource> UseExisting(this IResourceBuilder<SqsQueueResource> builder, string arn)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!QueueArn().Takes(arn))
        {
            throw new ArgumentException($"'{arn}' is no queue's ARN, such as arn:aws:sqs:eu-west-1:123456789012:jobs.", nameof(arn));
        }

        builder.Resource.ExistingArn = arn;
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode ? builder.WithoutDeadLetterQueue() : builder;
    }

    /// <summary>
    /// Lets a service use a queue: its configuration gets <c>AWS:Resources:NAME:QueueUrl</c>, <c>QueueArn</c> and, where there is
    /// one, <c>DeadLetterQueueUrl</c>; deployed, its role gets what <paramref name="access"/> says.
    /// </summary>
    [AspireExportIgnore(Reason = "Flags have no form in other languages: withQueueReference takes several.")]
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<SqsQueueResource> queue,
        QueueAccess access
    )
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(queue);
        if (access.HasFlag(QueueAccess.ConsumeDeadLetters) && queue.Resource.MaxReceives is null)
        {
            throw new DistributedApplicationException(
                $"'{builder.Resource.Name}' is to consume the dead letters of '{queue.Resource.Name}', which has no dead-letter queue. "
                    + $"Leave {nameof(WithoutDeadLetterQueue)} out, or {nameof(QueueAccess.ConsumeDeadLetters)}."
            );
        }

        return builder.WithAwsResource(queue.Resource, access);
    }

    [GeneratedRegex("^arn:[a-z-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex QueueArn();
}
