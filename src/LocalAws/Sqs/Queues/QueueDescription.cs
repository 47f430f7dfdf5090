namespace LocalAws.Sqs.Queues;

/// <summary>
/// What a queue is, apart from its messages: its attributes are those that somebody set. Times are Unix milliseconds.
/// </summary>
internal sealed record QueueDescription(
    string Name,
    long CreatedAt,
    long ModifiedAt,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyDictionary<string, string> Tags
);
