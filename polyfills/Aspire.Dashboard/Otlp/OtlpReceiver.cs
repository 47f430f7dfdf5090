using Aspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OtlpLogRecord = OpenTelemetry.Proto.Logs.V1.LogRecord;
using OtlpSpan = OpenTelemetry.Proto.Trace.V1.Span;

namespace Aspire.Dashboard.Otlp;

/// <summary>Takes export requests, whichever way they came, and says what of them was refused.</summary>
internal sealed class OtlpReceiver(TelemetryStore store)
{
    private const string TooManyResources = "Too many resources, or a limit of the dashboard is reached.";
    private const int MaxBuckets = 256;

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
                    if (resource is null || span.TraceId.Length != 16 || span.SpanId.Length != 8)
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
            OtlpText.ToHex(span.ParentSpanId),
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
            [.. span.Links.Take(store.Options.MaxAttributeCount).Select(link => new SpanLink(
                OtlpText.ToHex(link.TraceId) ?? "", OtlpText.ToHex(link.SpanId) ?? "", OtlpText.ToAttributes(link.Attributes, store.Options)))]);
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
            OtlpText.ToHex(record.TraceId),
            OtlpText.ToHex(record.SpanId),
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
        return points.Count(point => !store.Metrics.TryAdd(
            key, metric.DataCase.ToString(), metric.Unit, OtlpText.Cut(metric.Description, store.Options), point.Attributes, point.Point));
    }

    private IEnumerable<(string Attributes, MetricPoint Point)> ToPoints(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(ToPoint),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(ToPoint),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(point => (
            ToDimension(point.Attributes),
            new MetricPoint(OtlpText.ToTime(point.TimeUnixNano), point.Sum, point.Count, [.. point.BucketCounts.Take(MaxBuckets)], [.. point.ExplicitBounds.Take(MaxBuckets - 1)]))),
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Select(point => (
            ToDimension(point.Attributes), new MetricPoint(OtlpText.ToTime(point.TimeUnixNano), point.Sum, point.Count, [], []))),
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Select(point => (
            ToDimension(point.Attributes), new MetricPoint(OtlpText.ToTime(point.TimeUnixNano), point.Sum, point.Count, [], []))),
        _ => [],
    };

    private (string Attributes, MetricPoint Point) ToPoint(NumberDataPoint point) => (
        ToDimension(point.Attributes),
        new MetricPoint(
            OtlpText.ToTime(point.TimeUnixNano),
            point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble,
            Count: 0, [], []));

    private string ToDimension(Google.Protobuf.Collections.RepeatedField<OpenTelemetry.Proto.Common.V1.KeyValue> attributes) =>
        OtlpText.Cut(
            string.Join(", ", OtlpText.ToAttributes(attributes, store.Options).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}")),
            store.Options);
}
