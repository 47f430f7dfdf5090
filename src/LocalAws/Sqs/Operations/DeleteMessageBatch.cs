using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class DeleteMessageBatch(QueueDirectory queues) : SqsOperation<DeleteMessageBatch.Input>
{
    internal sealed record Input(string? QueueUrl, List<Entry>? Entries);

    internal sealed record Entry(string? Id, string? ReceiptHandle);

    protected override Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var queue = queues.At(input.QueueUrl);
        var entries = BatchEntries.Validate(input.Entries, "DeleteMessageBatchRequestEntry", entry => entry.Id);
        return BatchEntries.ForEachAsync(entries, entry => entry.Id, entry => queue.DeleteAsync(ReceiptHandles.Parse(entry.ReceiptHandle)));
    }
}
