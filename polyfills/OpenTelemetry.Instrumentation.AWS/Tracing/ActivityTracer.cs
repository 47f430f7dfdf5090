using System.Diagnostics;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Tracing;

namespace OpenTelemetry.Instrumentation.AWS.Tracing;

/// <summary>
/// Starts the SDK's spans as activities. The SDK never disposes a tracer that serves several clients, so disposing does nothing.
/// </summary>
internal sealed class ActivityTracer(ActivitySource source) : Tracer
{
    public override TraceSpan CreateSpan(
        string name,
        Attributes? initialAttributes = null,
        SpanKind spanKind = SpanKind.INTERNAL,
        SpanContext? parentContext = null
    ) => new ActivityTraceSpan(source.StartActivity(name, Kind(spanKind), Parent(parentContext), initialAttributes?.AllAttributes!));

    // Without a parent of its own a span is the current activity's child.
    private static ActivityContext Parent(SpanContext? parent) =>
        parent is null
            ? default
            : new ActivityContext(
                ActivityTraceId.CreateFromString(parent.TraceId),
                ActivitySpanId.CreateFromString(parent.SpanId),
                ActivityTraceFlags.None,
                traceState: null,
                parent.IsRemote
            );

    private static ActivityKind Kind(SpanKind kind) =>
        kind switch
        {
            SpanKind.CLIENT => ActivityKind.Client,
            SpanKind.SERVER => ActivityKind.Server,
            SpanKind.PRODUCER => ActivityKind.Producer,
            SpanKind.CONSUMER => ActivityKind.Consumer,
            _ => ActivityKind.Internal,
        };
}
