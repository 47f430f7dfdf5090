using System.Diagnostics;
using Amazon.SQS.Model;
using OpenTelemetry;

namespace Aws.Ecs.Messaging;

/// <summary>
/// Spans of work with SQS, by the conventions of https://opentelemetry.io/docs/specs/semconv/messaging/sqs/.
/// </summary>
/// <remarks>
/// Sending, receiving and settling need nothing: after <c>AddServiceDefaults</c> each SQS client that is created makes a span of such
/// a call, puts the trace context into the messages it sends and asks for it where it receives. A receive that got nothing
/// makes no span. What is done with a message only its consumer knows, hence <see cref="StartProcess"/>.
/// </remarks>
public static class SqsTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/> of these spans.</summary>
    public const string ActivitySourceName = "Aws.Ecs.Sqs";

    internal static ActivitySource Source { get; } = new(ActivitySourceName);

    /// <summary>
    /// Starts the span of processing one message. It belongs to the trace of the message's sender, with the sender's span as its
    /// parent and its link; without a context in the message it is a child of the current activity. The sender's
    /// baggage becomes <see cref="Baggage.Current"/> for the caller's flow, so process each message in an asynchronous method of its own.
    /// </summary>
    /// <param name="message">The message as received.</param>
    /// <param name="queueUrl">The URL of the queue that it came from.</param>
    /// <returns>The span, to dispose when the message is processed, or null where nobody listens.</returns>
    /// <example><code>
    /// using Activity? activity = SqsTelemetry.StartProcess(message, queueUrl);
    /// try { await HandleAsync(message); }
    /// catch (Exception exception) { activity.SetFailure(exception); throw; }
    /// </code></example>
    public static Activity? StartProcess(Message message, string queueUrl)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(queueUrl);

        var producer = SqsPropagation.Extract(message);
        Baggage.Current = producer.Baggage;

        var tags = SqsSpan.Tags("process", "process", queueUrl);
        tags.Add(SqsSpan.MessageId, message.MessageId);
        return Source.StartActivity(
            SqsSpan.Name("process", queueUrl),
            ActivityKind.Consumer,
            producer.ActivityContext,
            tags,
            LinksOf(producer.ActivityContext)
        );
    }

    // Where the producer is the parent, the span that the caller is in would be lost without a link.
    private static IEnumerable<ActivityLink>? LinksOf(ActivityContext producer)
    {
        if (producer == default)
        {
            return null;
        }

        return Activity.Current is { } current
            ? [new ActivityLink(producer), new ActivityLink(current.Context)]
            : [new ActivityLink(producer)];
    }
}
