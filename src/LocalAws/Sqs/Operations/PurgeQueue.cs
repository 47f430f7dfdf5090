using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class PurgeQueue(QueueDirectory queues) : SqsOperation<PurgeQueue.Input>
{
    internal sealed record Input(string? QueueUrl);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        await queues.At(input.QueueUrl).PurgeAsync();
        return Nothing;
    }
}
