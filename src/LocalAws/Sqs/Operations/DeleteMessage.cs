using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class DeleteMessage(QueueDirectory queues) : SqsOperation<DeleteMessage.Input>
{
    internal sealed record Input(string? QueueUrl, string? ReceiptHandle);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        await queues.At(input.QueueUrl).DeleteAsync(ReceiptHandles.Parse(input.ReceiptHandle));
        return Nothing;
    }
}
