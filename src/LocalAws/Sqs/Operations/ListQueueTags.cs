using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class ListQueueTags(QueueDirectory queues) : SqsOperation<ListQueueTags.Input>
{
    internal sealed record Input(string? QueueUrl);

    protected override Task<object> HandleAsync(Input input, SqsRequest request) =>
        Task.FromResult<object>(new { queues.At(input.QueueUrl).Description.Tags });
}
