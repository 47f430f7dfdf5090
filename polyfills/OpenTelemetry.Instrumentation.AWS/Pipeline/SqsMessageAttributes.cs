using System.Diagnostics;
using Amazon.Runtime;
using Amazon.SQS.Model;
using OpenTelemetry.Context.Propagation;

namespace OpenTelemetry.Instrumentation.AWS.Pipeline;

/// <summary>
/// Sends the trace context with a single SQS message, all of it or nothing: a context that is there already stays, and so do ten
/// attributes of the application's own. The official package does the same for SNS, and neither for batches.
/// </summary>
internal static class SqsMessageAttributes
{
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
    private const int Limit = 10;

    public static void Inject(ActivityContext context, AmazonWebServiceRequest request)
    {
        if (request is not SendMessageRequest message)
        {
            return;
        }

        var fields = new Dictionary<string, string>();
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(context, Baggage.Current),
            fields,
            static (carrier, name, value) => carrier[name] = value
        );

        message.MessageAttributes ??= [];
        if (message.MessageAttributes.Count + fields.Count > Limit || fields.Keys.Any(message.MessageAttributes.ContainsKey))
        {
            return;
        }

        foreach (var (name, value) in fields)
        {
            message.MessageAttributes[name] = new MessageAttributeValue { DataType = "String", StringValue = value };
        }
    }
}
