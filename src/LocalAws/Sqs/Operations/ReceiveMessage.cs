using LocalAws.Sqs.Protocol;
using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class ReceiveMessage(QueueDirectory queues, IHostApplicationLifetime lifetime) : SqsOperation<ReceiveMessage.Input>
{
    private const int MaximumMessages = 10;
    private const int MaximumWaitSeconds = 20;
    private const int MaximumVisibilitySeconds = 43_200;

    internal sealed record Input(
        string? QueueUrl,
        int? MaxNumberOfMessages,
        int? VisibilityTimeout,
        int? WaitTimeSeconds,
        List<string>? AttributeNames,
        List<string>? MessageSystemAttributeNames,
        List<string>? MessageAttributeNames
    );

    protected override async Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var queue = queues.At(input.QueueUrl);
        RequireRange("MaxNumberOfMessages", input.MaxNumberOfMessages, 1, MaximumMessages);
        RequireRange("VisibilityTimeout", input.VisibilityTimeout, 0, MaximumVisibilitySeconds);
        RequireRange("WaitTimeSeconds", input.WaitTimeSeconds, 0, MaximumWaitSeconds);
        var selection = new AttributeSelection(
            [.. input.AttributeNames ?? [], .. input.MessageSystemAttributeNames ?? []],
            input.MessageAttributeNames ?? []
        );
        var deliveries = await queue.ReceiveAsync(
            input.MaxNumberOfMessages ?? 1,
            input.VisibilityTimeout * 1000L ?? queue.Settings.VisibilityTimeout,
            TimeSpan.FromMilliseconds(input.WaitTimeSeconds * 1000L ?? queue.Settings.ReceiveWait),
            lifetime.ApplicationStopping,
            request.Disconnected
        );
        return new { Messages = deliveries.Count > 0 ? deliveries.Select(delivery => Describe(delivery, selection, request)) : null };
    }

    private static object Describe(Delivery delivery, AttributeSelection selection, SqsRequest request)
    {
        var message = delivery.Message;
        var attributes = selection.Message(message);
        return new
        {
            message.MessageId,
            delivery.ReceiptHandle,
            MD5OfBody = MessageDigest.OfBody(message.Body),
            message.Body,
            Attributes = selection.System(delivery, request),
            MD5OfMessageAttributes = MessageDigest.OfAttributes(attributes),
            MessageAttributes = attributes,
        };
    }

    private static void RequireRange(string name, int? value, int minimum, int maximum)
    {
        if (value < minimum || value > maximum)
            throw SqsException.InvalidParameterValue(
                $"Value {value} for parameter {name} is invalid. Reason: Must be >= {minimum} and <= {maximum}, if provided."
            );
    }
}
