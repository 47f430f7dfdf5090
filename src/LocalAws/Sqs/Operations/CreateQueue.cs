using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class CreateQueue(QueueDirectory queues) : SqsOperation<CreateQueue.Input>
{
    private const int MaximumNameLength = 80;

    internal sealed record Input(string? QueueName, Dictionary<string, string>? Attributes, Dictionary<string, string>? tags);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var name = input.QueueName ?? throw SqsException.MissingParameter(nameof(input.QueueName));
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            throw SqsException.UnsupportedOperation($"FIFO queues are not supported by LocalAws: name the queue without '.fifo' ({name}).");
        if (name.Length is 0 or > MaximumNameLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw SqsException.InvalidParameterValue(
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length."
            );
        var attributes = input.Attributes ?? [];
        QueueAttributes.Validate(attributes);
        var queue = await queues.CreateAsync(name, attributes, input.tags ?? []);
        return new { QueueUrl = request.QueueUrl(queue.Name) };
    }
}
