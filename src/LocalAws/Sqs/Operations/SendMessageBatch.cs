using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class SendMessageBatch(QueueDirectory queues, TimeProvider time) : SqsOperation<SendMessageBatch.Input>
{
    private const int MaximumBatchSize = 1_048_576;

    internal sealed record Input(string? QueueUrl, List<Entry>? Entries);

    internal sealed record Entry : MessageEntry
    {
        public string? Id { get; init; }
    }

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var queue = queues.At(input.QueueUrl);
        var entries = BatchEntries.Validate(input.Entries, "SendMessageBatchRequestEntry", entry => entry.Id);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var accepted = new List<(Entry Entry, Message Message)>();
        var failed = new List<BatchFailure>();
        var size = 0;
        foreach (var entry in entries)
        {
            try
            {
                size += entry.Validate(queue.Settings);
                accepted.Add((entry, entry.ToMessage(queues.NextSequence(), now, queue.Settings)));
            }
            catch (SqsException exception)
            {
                failed.Add(BatchFailure.Of(entry.Id!, exception));
            }
        }
        if (size > MaximumBatchSize)
            throw SqsException.BatchRequestTooLong(size, MaximumBatchSize);
        if (accepted.Count > 0)
            await queue.SendAsync([.. accepted.Select(sent => sent.Message)]);
        return new { Successful = accepted.Select(sent => sent.Entry.Acknowledge(sent.Message, sent.Entry.Id)), Failed = failed };
    }
}
