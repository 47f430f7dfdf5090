using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class UntagQueue(QueueDirectory queues) : SqsOperation<UntagQueue.Input>
{
    internal sealed record Input(string? QueueUrl, List<string>? TagKeys);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var removed = input.TagKeys ?? throw SqsException.MissingParameter(nameof(input.TagKeys));
        await queues.SetTagsAsync(queues.At(input.QueueUrl), current => current.Where(tag => !removed.Contains(tag.Key)).ToDictionary());
        return Nothing;
    }
}
