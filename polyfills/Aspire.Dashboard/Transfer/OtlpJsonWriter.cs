using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Transfer;

/// <summary>Writes telemetry as OTLP JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). Values are text, as they are kept.</summary>
internal static class OtlpJsonWriter
{
    private const int CumulativeTemporality = 2, StatusOk = 0, StatusError = 2;

    public static void StartFile(Utf8JsonWriter json, OtlpFile kind, TelemetryResource sender)
    {
        json.WriteStartObject();
        json.WriteStartArray(kind.Resources);
        json.WriteStartObject();
        json.WriteStartObject("resource");
        Write(json, sender.Attributes);
        json.WriteEndObject();
        json.WriteStartArray(kind.Scopes);
    }

    public static void EndFile(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void StartScope(Utf8JsonWriter json, OtlpFile kind, string scope)
    {
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", scope);
        json.WriteEndObject();
        json.WriteStartArray(kind.Items);
    }

    public static void EndScope(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, LogRecord log)
    {
        json.WriteStartObject();
        json.WriteString("timeUnixNano", Nanoseconds(log.Timestamp));
        json.WriteNumber("severityNumber", log.Severity == LogSeverity.Unspecified ? 0 : ((int)log.Severity - 1) * 4 + 1);
        json.WriteString("severityText", log.Severity.ToString());
        json.WriteStartObject("body");
        json.WriteString("stringValue", log.Message);
        json.WriteEndObject();
        Write(json, log.Attributes);
        if (log.TraceId is not null)
        {
            json.WriteString("traceId", log.TraceId);
        }

        if (log.SpanId is not null)
        {
            json.WriteString("spanId", log.SpanId);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Span span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId);
        json.WriteString("spanId", span.SpanId);
        if (span.ParentSpanId is not null)
        {
            json.WriteString("parentSpanId", span.ParentSpanId);
        }

        json.WriteString("name", span.Name);
        json.WriteNumber("kind", Enum.TryParse<OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind>(span.Kind, out var kind) ? (int)kind : 0);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.Start));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.End));
        Write(json, span.Attributes);
        json.WriteStartArray("events");
        foreach (var spanEvent in span.Events)
        {
            json.WriteStartObject();
            json.WriteString("name", spanEvent.Name);
            json.WriteString("timeUnixNano", Nanoseconds(spanEvent.Timestamp));
            Write(json, spanEvent.Attributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in span.Links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", link.TraceId);
            json.WriteString("spanId", link.SpanId);
            Write(json, link.Attributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("status");
        json.WriteNumber("code", span.IsError ? StatusError : StatusOk);
        if (span.StatusMessage is not null)
        {
            json.WriteString("message", span.StatusMessage);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteStartObject();
        json.WriteString("name", instrument.Key.Name);
        json.WriteString("unit", instrument.Description.Unit);
        json.WriteString("description", instrument.Description.Description);
        // Of exponential histograms and summaries no more than count and sum is kept.
        var isHistogram = instrument.Description.Kind is not ("Gauge" or "Sum");
        json.WriteStartObject(isHistogram ? "histogram" : instrument.Description.Kind == "Sum" ? "sum" : "gauge");
        if (instrument.Description.Kind != "Gauge")
        {
            json.WriteNumber("aggregationTemporality", CumulativeTemporality);
        }

        if (instrument.Description.Kind == "Sum")
        {
            json.WriteBoolean("isMonotonic", instrument.Description.IsMonotonic);
        }

        json.WriteStartArray("dataPoints");
        foreach (var dimension in instrument.Dimensions)
        {
            for (var i = 0; i < dimension.Points.Length; i++)
            {
                Write(json, dimension, dimension.Points[i], isHistogram, withExemplars: i == dimension.Points.Length - 1);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MetricDimension dimension, MetricPoint point, bool isHistogram, bool withExemplars)
    {
        json.WriteStartObject();
        json.WriteString("timeUnixNano", Nanoseconds(point.Timestamp));
        Write(json, dimension.Attributes);
        if (isHistogram)
        {
            json.WriteString("count", point.Count.ToString(CultureInfo.InvariantCulture));
            Write(json, "sum", point.Value);
            json.WriteStartArray("bucketCounts");
            foreach (var count in point.Buckets)
            {
                json.WriteStringValue(count.ToString(CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
            json.WriteStartArray("explicitBounds");
            foreach (var bound in point.Bounds.Where(double.IsFinite))
            {
                json.WriteNumberValue(bound);
            }

            json.WriteEndArray();
        }
        else
        {
            Write(json, "asDouble", point.Value);
        }

        if (withExemplars)
        {
            json.WriteStartArray("exemplars");
            foreach (var exemplar in dimension.Exemplars)
            {
                json.WriteStartObject();
                json.WriteString("timeUnixNano", Nanoseconds(exemplar.Timestamp));
                Write(json, "asDouble", exemplar.Value);
                json.WriteString("traceId", exemplar.TraceId);
                json.WriteString("spanId", exemplar.SpanId);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            // Protobuf's JSON says these in words.
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<TelemetryAttribute> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", attribute.Key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", attribute.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Nanoseconds(DateTimeOffset time) =>
        ((ulong)Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks) * 100).ToString(CultureInfo.InvariantCulture);
}
