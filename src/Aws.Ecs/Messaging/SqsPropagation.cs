using System.Diagnostics;
using System.Text;
using Amazon.SQS.Model;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Aws.Ecs.Messaging;

/// <summary>
/// The trace context in a message: <c>traceparent</c>, <c>tracestate</c> and <c>baggage</c> as message attributes, and for AWS's own
/// consumers, such as Lambda, the system attribute <c>AWSTraceHeader</c>.
/// </summary>
/// <remarks>
/// What the application sends comes first. A message holds ten attributes and, with them, 1 MiB; where ours do not fit, baggage
/// is left out first, then tracestate, then traceparent. <c>AWSTraceHeader</c> counts towards neither, so the trace
/// still goes on: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html.
/// </remarks>
internal static class SqsPropagation
{
    public const string AwsTraceHeader = "AWSTraceHeader";

    private const int AttributeLimit = 10;
    private const int SizeLimit = 1024 * 1024;
    private const string DataType = "String";

    // In the order of their worth.
    private static readonly string[] Fields = ["traceparent", "tracestate", "baggage"];

    // Not the process's default propagator: what consumers must ask for is fixed.
    private static readonly CompositeTextMapPropagator Propagator = new([new TraceContextPropagator(), new BaggagePropagator()]);

    public static IReadOnlyList<string> AttributeNames => Fields;

    public static void Inject(ActivityContext context, SendMessageRequest message)
    {
        message.MessageSystemAttributes = WithTraceHeader(context, message.MessageSystemAttributes);
        message.MessageAttributes = WithContext(context, message.MessageAttributes, Size(message.MessageBody, message.MessageAttributes));
    }

    /// <summary>Injects into each message of a batch, whose size limit is that of one message.</summary>
    public static void Inject(ActivityContext context, IReadOnlyCollection<SendMessageBatchRequestEntry> messages)
    {
        var size = messages.Sum(message => Size(message.MessageBody, message.MessageAttributes));
        foreach (var message in messages)
        {
            var before = Size(message.MessageBody, message.MessageAttributes);
            message.MessageSystemAttributes = WithTraceHeader(context, message.MessageSystemAttributes);
            message.MessageAttributes = WithContext(context, message.MessageAttributes, size);
            size += Size(message.MessageBody, message.MessageAttributes) - before;
        }
    }

    public static PropagationContext Extract(Message message)
    {
        var context = Propagator.Extract(default, message, static (carrier, name) =>
            carrier.MessageAttributes?.GetValueOrDefault(name)?.StringValue is { } value ? [value] : []
        );
        return context.ActivityContext != default
            ? context
            : new PropagationContext(XRayTraceHeader.Parse(message.Attributes?.GetValueOrDefault(AwsTraceHeader)), context.Baggage);
    }

    private static Dictionary<string, MessageSystemAttributeValue> WithTraceHeader(
        ActivityContext context,
        Dictionary<string, MessageSystemAttributeValue>? attributes
    )
    {
        Dictionary<string, MessageSystemAttributeValue> result = attributes is null ? [] : new(attributes);
        result.TryAdd(
            AwsTraceHeader,
            new MessageSystemAttributeValue { DataType = DataType, StringValue = XRayTraceHeader.Format(context) }
        );
        return result;
    }

    // A new dictionary, for the application's own may serve other messages too.
    private static Dictionary<string, MessageAttributeValue> WithContext(
        ActivityContext context,
        Dictionary<string, MessageAttributeValue>? attributes,
        long size
    )
    {
        Dictionary<string, MessageAttributeValue> result = attributes is null ? [] : new(attributes);
        if (result.ContainsKey(Fields[0]))
        {
            return result;
        }

        var values = new Dictionary<string, string>();
        Propagator.Inject(new PropagationContext(context, Baggage.Current), values, static (carrier, name, value) => carrier[name] = value);
        foreach (var field in Fields)
        {
            if (!values.TryGetValue(field, out var value))
            {
                continue;
            }

            size += Size(field) + DataType.Length + Size(value);
            if (result.Count == AttributeLimit || size > SizeLimit)
            {
                break;
            }

            result.TryAdd(field, new MessageAttributeValue { DataType = DataType, StringValue = value });
        }

        return result;
    }

    private static long Size(string? body, Dictionary<string, MessageAttributeValue>? attributes) =>
        Size(body)
        + (attributes ?? []).Sum(static attribute =>
            Size(attribute.Key)
            + Size(attribute.Value.DataType)
            + Size(attribute.Value.StringValue)
            + (attribute.Value.BinaryValue?.Length ?? 0)
        );

    private static long Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
