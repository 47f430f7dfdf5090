using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class GetQueueUrl(QueueDirectory queues) : SqsOperation<GetQueueUrl.Input>
{
    internal sealed record Input(string? QueueName);

    protected override Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var name = input.QueueName ?? throw SqsException.MissingParameter(nameof(input.QueueName));
        var queue = queues.Find(name) ?? throw SqsException.NonExistentQueue();
        return Task.FromResult<object>(new { QueueUrl = request.QueueUrl(queue.Name) });
    }
}
