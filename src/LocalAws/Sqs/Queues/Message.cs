using LocalAws.Sqs.Protocol;

namespace LocalAws.Sqs.Queues;

/// <summary>A message in a queue. The queue that holds it guards its state with its own lock. Times are Unix milliseconds.</summary>
internal sealed class Message
{
    /// <summary>Its place in the order of arrival, unique over all queues and restarts.</summary>
    public required long Sequence { get; init; }

    public required string MessageId { get; init; }

    public required string Body { get; init; }

    public required IReadOnlyDictionary<string, MessageAttributeValue>? Attributes { get; init; }

    /// <summary>The X-Ray header that the sender gave as the system attribute <c>AWSTraceHeader</c>.</summary>
    public required string? TraceHeader { get; init; }

    public required long SentAt { get; init; }

    public MessageState State { get; set; }

    /// <summary>When a delayed or in-flight message becomes visible.</summary>
    public long AvailableAt { get; set; }

    public long FirstReceivedAt { get; set; }

    public int ReceiveCount { get; set; }

    /// <summary>Receives in the queue that it is in: what a redrive policy counts, for a dead letter keeps its total.</summary>
    public int ReceivesHere { get; set; }

    /// <summary>Which delivery was the last; 0 before the first. A receipt handle names it.</summary>
    public long Receipt { get; set; }

    /// <summary>The name of the queue that a dead letter came from.</summary>
    public string? SourceQueue { get; set; }

    /// <summary>Its place among the visible messages while it is one of them.</summary>
    public LinkedListNode<Message>? VisibleNode { get; set; }
}

internal enum MessageState
{
    /// <summary>Sent, and not yet committed.</summary>
    Pending,
    Delayed,
    Visible,
    InFlight,
}
