using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal static class ReceiptHandles
{
    /// <exception cref="SqsException">SQS never gave out such a handle.</exception>
    public static ReceiptHandle Parse(string? text)
    {
        if (text is null)
            throw SqsException.MissingParameter("ReceiptHandle");
        return ReceiptHandle.TryParse(text, out var handle) ? handle : throw SqsException.ReceiptHandleIsInvalid(text);
    }
}
