using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class GetQueueAttributes(QueueDirectory queues) : SqsOperation<GetQueueAttributes.Input>
{
    private static readonly string[] Optional =
    [
        "Policy",
        "RedrivePolicy",
        "RedriveAllowPolicy",
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
    ];

    internal sealed record Input(string? QueueUrl, List<string>? AttributeNames);

    protected override Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var queue = queues.At(input.QueueUrl);
        var all = Describe(queue, request);
        var names = input.AttributeNames ?? [];
        if (names.FirstOrDefault(name => name != "All" && !all.ContainsKey(name) && !Optional.Contains(name)) is { } unknown)
            throw SqsException.InvalidAttributeName($"Unknown Attribute {unknown}.");
        var asked = names.Contains("All") ? all : all.Where(attribute => names.Contains(attribute.Key)).ToDictionary();
        return Task.FromResult<object>(new { Attributes = asked.Count > 0 ? asked : null });
    }

    private static Dictionary<string, string> Describe(MessageQueue queue, SqsRequest request)
    {
        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

        var (description, count) = (queue.Description, queue.Count());
        var all = QueueAttributes.Defaults.ToDictionary();
        foreach (var (name, value) in description.Attributes)
            all[name] = value;
        all["QueueArn"] = request.QueueArn(queue.Name);
        all["CreatedTimestamp"] = Number(description.CreatedAt / 1000);
        all["LastModifiedTimestamp"] = Number(description.ModifiedAt / 1000);
        all["ApproximateNumberOfMessages"] = Number(count.Visible);
        all["ApproximateNumberOfMessagesNotVisible"] = Number(count.InFlight);
        all["ApproximateNumberOfMessagesDelayed"] = Number(count.Delayed);
        return all;
    }
}
