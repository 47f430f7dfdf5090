using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class ChangeMessageVisibility(QueueDirectory queues) : SqsOperation<ChangeMessageVisibility.Input>
{
    private const int MaximumSeconds = 43_200;

    internal sealed record Input(string? QueueUrl, string? ReceiptHandle, int? VisibilityTimeout);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        await ChangeAsync(queues.At(input.QueueUrl), input.ReceiptHandle, input.VisibilityTimeout);
        return Nothing;
    }

    internal static Task ChangeAsync(MessageQueue queue, string? receiptHandle, int? seconds)
    {
        if (seconds is null)
            throw SqsException.MissingParameter("VisibilityTimeout");
        if (seconds is < 0 or > MaximumSeconds)
            throw SqsException.InvalidParameterValue(
                $"Value {seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer "
                    + $"between 0 and {MaximumSeconds}."
            );
        return queue.ChangeVisibilityAsync(ReceiptHandles.Parse(receiptHandle), seconds.Value * 1000L);
    }
}
