using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class TagQueue(QueueDirectory queues) : SqsOperation<TagQueue.Input>
{
    private const int MaximumTags = 50;

    internal sealed record Input(string? QueueUrl, Dictionary<string, string>? Tags);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var added = input.Tags ?? throw SqsException.MissingParameter(nameof(input.Tags));
        await queues.SetTagsAsync(queues.At(input.QueueUrl), current =>
        {
            var tags = new Dictionary<string, string>(current);
            foreach (var (key, value) in added)
                tags[key] = value;
            return tags.Count <= MaximumTags
                ? tags
                : throw SqsException.InvalidParameterValue($"Too many tags: a queue can have {MaximumTags}.");
        });
        return Nothing;
    }
}
