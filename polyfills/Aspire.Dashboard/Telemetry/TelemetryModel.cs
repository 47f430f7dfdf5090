using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Who sent telemetry: a service and which of its instances.</summary>
public sealed record TelemetryResource(string ServiceName, string? InstanceId, ImmutableArray<TelemetryAttribute> Attributes);

/// <summary>A name and its value as text: telemetry is only ever shown as text.</summary>
public sealed record TelemetryAttribute(string Key, string Value);

/// <summary>A log record.</summary>
public sealed record LogRecord(
    long Sequence,
    TelemetryResource Resource,
    DateTimeOffset Timestamp,
    LogSeverity Severity,
    string Message,
    string Category,
    string? TraceId,
    string? SpanId,
    ImmutableArray<TelemetryAttribute> Attributes)
{
    /// <summary>What the exception attributes say, where there are any.</summary>
    public string? Exception => Attributes.FirstOrDefault(a => a.Key is "exception.stacktrace")?.Value
        ?? Attributes.FirstOrDefault(a => a.Key is "exception.message")?.Value;
}

/// <summary>The ranges of OTLP's severity numbers, https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber.</summary>
public enum LogSeverity
{
    Unspecified,
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>A span.</summary>
public sealed record Span(
    TelemetryResource Resource,
    string TraceId,
    string SpanId,
    string? ParentSpanId,
    string Name,
    string Kind,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsError,
    string? StatusMessage,
    string Scope,
    ImmutableArray<TelemetryAttribute> Attributes,
    ImmutableArray<SpanEvent> Events,
    ImmutableArray<SpanLink> Links)
{
    public TimeSpan Duration => End - Start;
}

/// <summary>Something that happened at a moment of a span.</summary>
public sealed record SpanEvent(string Name, DateTimeOffset Timestamp, ImmutableArray<TelemetryAttribute> Attributes);

/// <summary>A span, perhaps of another trace, that this one has to do with.</summary>
public sealed record SpanLink(string TraceId, string SpanId, ImmutableArray<TelemetryAttribute> Attributes);

/// <summary>The spans of one trace that have arrived, in the order of their start.</summary>
public sealed class Trace(string traceId, ImmutableArray<Span> spans)
{
    public string TraceId => traceId;

    public ImmutableArray<Span> Spans => spans;

    /// <summary>The span the trace is named after: the first without a parent here.</summary>
    public Span Root { get; } = FindRoot(spans);

    public DateTimeOffset Start { get; } = spans[0].Start;

    public TimeSpan Duration { get; } = spans.Max(span => span.End) - spans[0].Start;

    /// <summary>How many spans each sender has in it, in the order of their first.</summary>
    public ImmutableArray<(TelemetryResource Resource, int Count)> ByResource { get; } =
        [.. spans.GroupBy(span => span.Resource, ReferenceEqualityComparer.Instance).Select(group => ((TelemetryResource)group.Key!, group.Count()))];

    public int ErrorCount { get; } = spans.Count(span => span.IsError);

    private static Span FindRoot(ImmutableArray<Span> spans)
    {
        var known = spans.Select(span => span.SpanId).ToHashSet();
        return spans.FirstOrDefault(span => span.ParentSpanId is null)
            ?? spans.FirstOrDefault(span => !known.Contains(span.ParentSpanId!))
            ?? spans[0];
    }
}
