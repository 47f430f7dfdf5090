using System.Collections.Immutable;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OtlpLogRecord = OpenTelemetry.Proto.Logs.V1.LogRecord;
using OtlpSpan = OpenTelemetry.Proto.Trace.V1.Span;

namespace Aspire.Dashboard.Otlp;

/// <summary>Takes export requests, whichever way they came, and says what of them was refused.</summary>
internal sealed class OtlpReceiver(TelemetryStore store)
{
    private const string TooManyResources = "Too many resources, or a limit of the dashboard is reached.";
    private const int MaxBuckets = 256;
    private const int MaxExemplars = 16;

    public ExportTraceServiceResponse Export(ExportTraceServiceRequest request)
    {
        long refused = 0;
        var accepted = new List<Span>();
        foreach (var group in request.ResourceSpans)
        {
            var resource = store.GetOrAddResource(OtlpText.ToResource(group.Resource, store.Options));
            foreach (var scope in group.ScopeSpans)
            {
                foreach (var span in scope.Spans)
                {
                    if (resource is null || span.TraceId.Length != OtlpText.TraceIdLength || span.SpanId.Length != OtlpText.SpanIdLength)
                    {
                        refused++;
                        continue;
                    }

                    accepted.Add(ToSpan(resource, OtlpText.Cut(scope.Scope?.Name ?? string.Empty, store.Options), span));
                }
            }
        }

        refused += store.AddSpans(accepted);
        return refused == 0
            ? new ExportTraceServiceResponse()
            : new ExportTraceServiceResponse
            {
                PartialSuccess = new() { RejectedSpans = refused, ErrorMessage = "Spans without a valid id, or beyond a limit of the dashboard, were refused." },
            };
    }

    public ExportLogsServiceResponse Export(ExportLogsServiceRequest request)
    {
        long refused = 0;
        var accepted = new List<LogRecord>();
        foreach (var group in request.ResourceLogs)
        {
            var resource = store.GetOrAddResource(OtlpText.ToResource(group.Resource, store.Options));
            foreach (var scope in group.ScopeLogs)
            {
                if (resource is null)
                {
                    refused += scope.LogRecords.Count;
                    continue;
                }

                var category = OtlpText.Cut(scope.Scope?.Name ?? string.Empty, store.Options);
                accepted.AddRange(scope.LogRecords.Select(record => ToLogRecord(resource, category, record)));
            }
        }

        store.AddLogs(accepted);
        return refused == 0
            ? new ExportLogsServiceResponse()
            : new ExportLogsServiceResponse { PartialSuccess = new() { RejectedLogRecords = refused, ErrorMessage = TooManyResources } };
    }

    public ExportMetricsServiceResponse Export(ExportMetricsServiceRequest request)
    {
        long refused = 0;
        foreach (var group in request.ResourceMetrics)
        {
            var resource = store.GetOrAddResource(OtlpText.ToResource(group.Resource, store.Options));
            foreach (var scope in group.ScopeMetrics)
            {
                foreach (var metric in scope.Metrics)
                {
                    refused += AddPoints(resource, OtlpText.Cut(scope.Scope?.Name ?? string.Empty, store.Options), metric);
                }
            }
        }

        store.Changed.Raise();
        return refused == 0
            ? new ExportMetricsServiceResponse()
            : new ExportMetricsServiceResponse { PartialSuccess = new() { RejectedDataPoints = refused, ErrorMessage = TooManyResources } };
    }

    private Span ToSpan(TelemetryResource resource, string scope, OtlpSpan span)
    {
        var start = OtlpText.ToTime(span.StartTimeUnixNano);
        var end = OtlpText.ToTime(span.EndTimeUnixNano);
        return new Span(
            resource,
            OtlpText.ToHex(span.TraceId)!,
            OtlpText.ToHex(span.SpanId)!,
            span.ParentSpanId.Length == OtlpText.SpanIdLength ? OtlpText.ToHex(span.ParentSpanId) : null,
            OtlpText.Cut(span.Name, store.Options),
            span.Kind.ToString(),
            start,
            end < start ? start : end,
            span.Status?.Code == OpenTelemetry.Proto.Trace.V1.Status.Types.StatusCode.Error,
            span.Status is { Message: { Length: > 0 } message } ? OtlpText.Cut(message, store.Options) : null,
            scope,
            OtlpText.ToAttributes(span.Attributes, store.Options),
            [.. span.Events.Take(store.Options.MaxAttributeCount).Select(e => new SpanEvent(
                OtlpText.Cut(e.Name, store.Options), OtlpText.ToTime(e.TimeUnixNano), OtlpText.ToAttributes(e.Attributes, store.Options)))],
            [.. span.Links.Where(link => link.TraceId.Length == OtlpText.TraceIdLength && link.SpanId.Length == OtlpText.SpanIdLength)
                .Take(store.Options.MaxAttributeCount).Select(link => new SpanLink(
                OtlpText.ToHex(link.TraceId)!, OtlpText.ToHex(link.SpanId)!, OtlpText.ToAttributes(link.Attributes, store.Options)))]);
    }

    private LogRecord ToLogRecord(TelemetryResource resource, string category, OtlpLogRecord record)
    {
        var attributes = OtlpText.ToAttributes(record.Attributes, store.Options);
        var nanoseconds = record.TimeUnixNano != 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano;
        return new LogRecord(
            Sequence: 0,
            resource,
            nanoseconds == 0 ? DateTimeOffset.UtcNow : OtlpText.ToTime(nanoseconds),
            ToSeverity((int)record.SeverityNumber),
            MessageTemplate.Fill(OtlpText.ToText(record.Body, store.Options), attributes, store.Options.MaxAttributeLength),
            category,
            record.TraceId.Length == OtlpText.TraceIdLength ? OtlpText.ToHex(record.TraceId) : null,
            record.SpanId.Length == OtlpText.SpanIdLength ? OtlpText.ToHex(record.SpanId) : null,
            attributes);
    }

    private static LogSeverity ToSeverity(int number) => number is < 1 or > 24 ? LogSeverity.Unspecified : (LogSeverity)((number - 1) / 4 + 1);

    private long AddPoints(TelemetryResource? resource, string meter, Metric metric)
    {
        var points = ToPoints(metric).ToList();
        if (resource is null)
        {
            return points.Count;
        }

        var key = new InstrumentKey(resource, meter, OtlpText.Cut(metric.Name, store.Options));
        var (isDelta, isMonotonic) = metric.DataCase switch
        {
            Metric.DataOneofCase.Sum => (IsDelta(metric.Sum.AggregationTemporality), metric.Sum.IsMonotonic),
            Metric.DataOneofCase.Histogram => (IsDelta(metric.Histogram.AggregationTemporality), true),
            Metric.DataOneofCase.ExponentialHistogram => (IsDelta(metric.ExponentialHistogram.AggregationTemporality), true),
            Metric.DataOneofCase.Summary => (false, true),
            _ => (false, false),
        };
        var description = new InstrumentDescription(
            metric.DataCase.ToString(), OtlpText.Cut(metric.Unit, store.Options), OtlpText.Cut(metric.Description, store.Options), isMonotonic);
        return points.Count(point => !store.Metrics.TryAdd(key, description, point.Attributes, point.Point, isDelta, point.Exemplars));
    }

    private static bool IsDelta(AggregationTemporality temporality) => temporality == AggregationTemporality.Delta;

    private IEnumerable<Arrived> ToPoints(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(ToPoint),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(ToPoint),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(point => new Arrived(
            ToDimension(point.Attributes),
            new MetricPoint(OtlpText.ToTime(point.TimeUnixNano), point.Sum, point.Count, [.. point.BucketCounts.Take(MaxBuckets)], [.. point.ExplicitBounds.Take(MaxBuckets - 1)]),
            ToExemplars(point.Exemplars))),
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Select(point => new Arrived(
            ToDimension(point.Attributes), new MetricPoint(OtlpText.ToTime(point.TimeUnixNano), point.Sum, point.Count, [], []), [])),
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Select(point => new Arrived(
            ToDimension(point.Attributes), new MetricPoint(OtlpText.ToTime(point.TimeUnixNano), point.Sum, point.Count, [], []), ToExemplars(point.Exemplars))),
        _ => [],
    };

    private Arrived ToPoint(NumberDataPoint point) => new(
        ToDimension(point.Attributes),
        new MetricPoint(
            OtlpText.ToTime(point.TimeUnixNano),
            point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble,
            Count: 0, [], []),
        ToExemplars(point.Exemplars));

    private ImmutableArray<TelemetryAttribute> ToDimension(RepeatedField<KeyValue> attributes) =>
        [.. OtlpText.ToAttributes(attributes, store.Options).OrderBy(a => a.Key, StringComparer.Ordinal)];

    /// <summary>Those that name a span: the others lead nowhere.</summary>
    private static MetricExemplar[] ToExemplars(RepeatedField<Exemplar> exemplars) =>
    [
        .. exemplars.Where(exemplar => exemplar.TraceId.Length == OtlpText.TraceIdLength && exemplar.SpanId.Length == OtlpText.SpanIdLength)
            .Take(MaxExemplars)
            .Select(exemplar => new MetricExemplar(
                OtlpText.ToTime(exemplar.TimeUnixNano),
                exemplar.ValueCase == Exemplar.ValueOneofCase.AsInt ? exemplar.AsInt : exemplar.AsDouble,
                OtlpText.ToHex(exemplar.TraceId)!,
                OtlpText.ToHex(exemplar.SpanId)!)),
    ];

    private sealed record Arrived(ImmutableArray<TelemetryAttribute> Attributes, MetricPoint Point, MetricExemplar[] Exemplars);
}
