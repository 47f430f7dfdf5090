namespace LocalAws.Sqs;

/// <summary>
/// An error as SQS answers it: the shape's name in the body, and in the header <c>x-amzn-query-error</c> the code that the SDKs
/// show, which is the one from before the JSON protocol.
/// </summary>
internal sealed class SqsException(string shape, string queryCode, string message) : Exception(message)
{
    private const string Model = "com.amazonaws.sqs#";
    private const string Framework = "com.amazon.coral.service#";
    private const string Legacy = "AWS.SimpleQueueService.";

    /// <summary>The error's name with its namespace, the body's <c>__type</c>.</summary>
    public string Shape { get; } = shape;

    public string QueryCode { get; } = queryCode;

    public static SqsException BatchEntryIdsNotDistinct(string id) =>
        new(Model + "BatchEntryIdsNotDistinct", Legacy + "BatchEntryIdsNotDistinct", $"Id {id} repeated.");

    public static SqsException BatchRequestTooLong(int size, int maximum) =>
        new(
            Model + "BatchRequestTooLong",
            Legacy + "BatchRequestTooLong",
            $"Batch requests cannot be longer than {maximum} bytes. You have sent {size} bytes."
        );

    public static SqsException EmptyBatchRequest(string entry) =>
        new(Model + "EmptyBatchRequest", Legacy + "EmptyBatchRequest", $"There should be at least one {entry} in the request.");

    public static SqsException InternalFailure() =>
        new(Framework + "InternalFailure", "InternalFailure", "LocalAws failed to do this; its log says why.");

    public static SqsException InvalidAttributeName(string message) => new(Model + "InvalidAttributeName", "InvalidAttributeName", message);

    public static SqsException InvalidAttributeValue(string message) =>
        new(Model + "InvalidAttributeValue", "InvalidAttributeValue", message);

    public static SqsException InvalidBatchEntryId() =>
        new(
            Model + "InvalidBatchEntryId",
            Legacy + "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
        );

    public static SqsException InvalidMessageContents(string message) =>
        new(Model + "InvalidMessageContents", "InvalidMessageContents", message);

    public static SqsException InvalidParameterValue(string message) =>
        new(Framework + "InvalidParameterValueException", "InvalidParameterValue", message);

    public static SqsException MessageNotInflight() =>
        new(Model + "MessageNotInflight", Legacy + "MessageNotInflight", "The specified message isn't in flight.");

    public static SqsException MissingParameter(string name) =>
        new(Framework + "MissingRequiredParameterException", "MissingParameter", $"The request must contain the parameter {name}.");

    public static SqsException NonExistentQueue() =>
        new(Model + "QueueDoesNotExist", Legacy + "NonExistentQueue", "The specified queue does not exist.");

    public static SqsException OverLimit(string message) => new(Model + "OverLimit", "OverLimit", message);

    public static SqsException QueueAlreadyExists(string attribute) =>
        new(
            Model + "QueueNameExists",
            "QueueAlreadyExists",
            $"A queue already exists with the same name and a different value for attribute {attribute}"
        );

    public static SqsException ReceiptHandleIsInvalid(string handle) =>
        new(
            Model + "ReceiptHandleIsInvalid",
            "ReceiptHandleIsInvalid",
            $"The input receipt handle \"{handle}\" is not a valid receipt handle."
        );

    public static SqsException Serialization(string message) =>
        new(Framework + "SerializationException", "SerializationException", message);

    public static SqsException TooManyEntriesInBatchRequest(int count) =>
        new(
            Model + "TooManyEntriesInBatchRequest",
            Legacy + "TooManyEntriesInBatchRequest",
            $"Maximum number of entries per request are 10. You have sent {count}."
        );

    public static SqsException UnknownOperation(string operation) =>
        new(Framework + "UnknownOperationException", "UnknownOperationException", $"LocalAws does not implement {operation}.");

    public static SqsException UnsupportedOperation(string message) =>
        new(Model + "UnsupportedOperation", Legacy + "UnsupportedOperation", message);
}
