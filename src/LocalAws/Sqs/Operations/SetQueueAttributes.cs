using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class SetQueueAttributes(QueueDirectory queues) : SqsOperation<SetQueueAttributes.Input>
{
    internal sealed record Input(string? QueueUrl, Dictionary<string, string>? Attributes);

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var queue = queues.At(input.QueueUrl);
        var attributes = input.Attributes ?? throw SqsException.MissingParameter(nameof(input.Attributes));
        QueueAttributes.Validate(attributes);
        await queues.SetAttributesAsync(queue, attributes);
        return Nothing;
    }
}
