using LocalAws.Sqs.Protocol;
using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

/// <summary>The attributes that a receiver asked for: none unless it named them.</summary>
internal sealed class AttributeSelection
{
    private static readonly string[] Known =
    [
        "All",
        "ApproximateFirstReceiveTimestamp",
        "ApproximateReceiveCount",
        "AWSTraceHeader",
        "DeadLetterQueueSourceArn",
        "SenderId",
        "SentTimestamp",
        "MessageDeduplicationId",
        "MessageGroupId",
        "SequenceNumber",
        "SqsManagedSseEnabled",
    ];

    private readonly IReadOnlyCollection<string> _systemNames;
    private readonly IReadOnlyCollection<string> _messageNames;

    /// <exception cref="SqsException">There is no system attribute of such a name.</exception>
    public AttributeSelection(IReadOnlyCollection<string> systemNames, IReadOnlyCollection<string> messageNames)
    {
        if (systemNames.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw SqsException.InvalidAttributeName($"Unknown Attribute {unknown}.");
        (_systemNames, _messageNames) = (systemNames, messageNames);
    }

    public Dictionary<string, string>? System(Delivery delivery, SqsRequest request)
    {
        if (_systemNames.Count == 0)
            return null;
        var all = new Dictionary<string, string>
        {
            ["SenderId"] = SqsRequest.Account,
            ["SentTimestamp"] = delivery.Message.SentAt.ToString(CultureInfo.InvariantCulture),
            ["ApproximateReceiveCount"] = delivery.ReceiveCount.ToString(CultureInfo.InvariantCulture),
            ["ApproximateFirstReceiveTimestamp"] = delivery.FirstReceivedAt.ToString(CultureInfo.InvariantCulture),
        };
        if (delivery.Message.TraceHeader is { } traceHeader)
            all["AWSTraceHeader"] = traceHeader;
        if (delivery.Message.SourceQueue is { } source)
            all["DeadLetterQueueSourceArn"] = request.QueueArn(source);
        return _systemNames.Contains("All") ? all : all.Where(attribute => _systemNames.Contains(attribute.Key)).ToDictionary();
    }

    /// <summary>Names may be <c>All</c>, <c>.*</c>, or end in <c>.*</c> for all that begin with the rest.</summary>
    public Dictionary<string, MessageAttributeValue>? Message(Message message)
    {
        if (message.Attributes is null || _messageNames.Count == 0)
            return null;
        var selected = message.Attributes.Where(attribute => _messageNames.Any(name => Matches(name, attribute.Key))).ToDictionary();
        return selected.Count > 0 ? selected : null;
    }

    private static bool Matches(string name, string attribute) =>
        name == "All"
        || name == attribute
        || (name.EndsWith(".*", StringComparison.Ordinal) && attribute.StartsWith(name[..^2], StringComparison.Ordinal));
}
