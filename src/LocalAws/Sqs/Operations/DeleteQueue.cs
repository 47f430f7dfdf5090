using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class DeleteQueue(QueueDirectory queues) : SqsOperation<DeleteQueue.Input>
{
    internal sealed record Input(string? QueueUrl);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        await queues.DeleteAsync(queues.At(input.QueueUrl));
        return Nothing;
    }
}
