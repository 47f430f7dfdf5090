using LocalAws.Sqs.Protocol;
using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

/// <summary>A message as a caller sends it: the members that SendMessage and an entry of SendMessageBatch have in common.</summary>
internal record MessageEntry
{
    private const int MaximumDelaySeconds = 900;

    public string? MessageBody { get; init; }

    public int? DelaySeconds { get; init; }

    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; init; }

    public Dictionary<string, MessageAttributeValue>? MessageSystemAttributes { get; init; }

    public string? MessageDeduplicationId { get; init; }

    public string? MessageGroupId { get; init; }

    /// <summary>The message's size in bytes.</summary>
    /// <exception cref="SqsException">The queue does not take such a message.</exception>
    public int Validate(QueueSettings queue)
    {
        if (MessageDeduplicationId is not null)
            throw SqsException.InvalidParameterValue(
                "The request includes a parameter that is not valid for this queue type: MessageDeduplicationId."
            );
        if (MessageGroupId is not null)
            throw SqsException.UnsupportedOperation(
                "Fair queues are not supported by LocalAws: send the message without a MessageGroupId."
            );
        if (DelaySeconds is < 0 or > MaximumDelaySeconds)
            throw SqsException.InvalidParameterValue(
                $"Value {DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= "
                    + $"{MaximumDelaySeconds}."
            );
        var size = MessageRules.Validate(MessageBody ?? "", MessageAttributes, MessageSystemAttributes);
        if (size > queue.MaximumMessageSize)
            throw SqsException.InvalidParameterValue(
                $"One or more parameters are invalid. Reason: Message must be shorter than {queue.MaximumMessageSize} bytes."
            );
        return size;
    }

    public Message ToMessage(long sequence, long now, QueueSettings queue) =>
        new()
        {
            Sequence = sequence,
            MessageId = Guid.NewGuid().ToString(),
            Body = MessageBody!,
            Attributes = MessageAttributes is { Count: > 0 } ? MessageAttributes : null,
            TraceHeader = MessageSystemAttributes?.GetValueOrDefault("AWSTraceHeader")?.StringValue,
            SentAt = now,
            AvailableAt = now + (DelaySeconds * 1000L ?? queue.Delay),
        };

    /// <summary>What the sender is told: the SDK clients compare the digests with their own.</summary>
    public SentMessage Acknowledge(Message message, string? id = null) =>
        new(
            id,
            message.MessageId,
            MessageDigest.OfBody(message.Body),
            MessageDigest.OfAttributes(MessageAttributes),
            MessageDigest.OfAttributes(MessageSystemAttributes)
        );
}

internal sealed record SentMessage(
    string? Id,
    string MessageId,
    string MD5OfMessageBody,
    string? MD5OfMessageAttributes,
    string? MD5OfMessageSystemAttributes
);
