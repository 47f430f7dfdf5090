using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class ChangeMessageVisibilityBatch(QueueDirectory queues) : SqsOperation<ChangeMessageVisibilityBatch.Input>
{
    internal sealed record Input(string? QueueUrl, List<Entry>? Entries);

    internal sealed record Entry(string? Id, string? ReceiptHandle, int? VisibilityTimeout);

    protected override Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var queue = queues.At(input.QueueUrl);
        var entries = BatchEntries.Validate(input.Entries, "ChangeMessageVisibilityBatchRequestEntry", entry => entry.Id);
        return BatchEntries.ForEachAsync(
            entries,
            entry => entry.Id,
            entry => ChangeMessageVisibility.ChangeAsync(queue, entry.ReceiptHandle, entry.VisibilityTimeout)
        );
    }
}
