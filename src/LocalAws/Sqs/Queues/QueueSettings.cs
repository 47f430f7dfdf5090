namespace LocalAws.Sqs.Queues;

/// <summary>What a queue's attributes mean for its messages, in milliseconds and bytes.</summary>
internal sealed record QueueSettings(
    long VisibilityTimeout,
    long Delay,
    long Retention,
    long ReceiveWait,
    int MaximumMessageSize,
    RedrivePolicy? Redrive
)
{
    public static QueueSettings From(IReadOnlyDictionary<string, string> attributes)
    {
        long Number(string name) =>
            long.Parse(attributes.GetValueOrDefault(name) ?? QueueAttributes.Defaults[name], CultureInfo.InvariantCulture);

        return new(
            VisibilityTimeout: Number("VisibilityTimeout") * 1000,
            Delay: Number("DelaySeconds") * 1000,
            Retention: Number("MessageRetentionPeriod") * 1000,
            ReceiveWait: Number("ReceiveMessageWaitTimeSeconds") * 1000,
            MaximumMessageSize: (int)Number("MaximumMessageSize"),
            Redrive: attributes.TryGetValue("RedrivePolicy", out var policy) ? RedrivePolicy.Parse(policy) : null
        );
    }
}
