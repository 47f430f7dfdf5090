using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class SendMessage(QueueDirectory queues, TimeProvider time) : SqsOperation<SendMessage.Input>
{
    internal sealed record Input : MessageEntry
    {
        public string? QueueUrl { get; init; }
    }

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var queue = queues.At(input.QueueUrl);
        input.Validate(queue.Settings);
        var message = input.ToMessage(queues.NextSequence(), time.GetUtcNow().ToUnixTimeMilliseconds(), queue.Settings);
        await queue.SendAsync([message]);
        return input.Acknowledge(message);
    }
}
