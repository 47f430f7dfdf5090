using System.Text;
using Aspire.Dashboard.Otlp;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Tests;

/// <summary>A valid request in both encodings, and where it is sent to.</summary>
internal sealed record OtlpSeed(int Kind, string Path, string Service, byte[] Json, byte[] Protobuf);

/// <summary>Requests that together use every kind of value, point and reference that the receivers read.</summary>
internal static class OtlpSeeds
{
    private const string Resource = """
        "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"seed"}},{"key":"service.instance.id","value":{"stringValue":"1"}}]}
        """;

    private const string Attributes = """
        "attributes":[{"key":"text","value":{"stringValue":"x"}},{"key":"yes","value":{"boolValue":true}},{"key":"int","value":{"intValue":"-42"}},{"key":"double","value":{"doubleValue":1.5}},
        {"key":"bytes","value":{"bytesValue":"AAEC"}},{"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"7"}]}}},
        {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}}]
        """;

    public static readonly OtlpSeed[] All =
    [
        Seed<ExportTraceServiceRequest>(0, "v1/traces", "trace.v1.TraceService", $$$$"""
            {"resourceSpans":[{{{{{Resource}}}},"scopeSpans":[{"scope":{"name":"s"},"spans":[
            {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","parentSpanId":"eee19b7ec3c1b173","name":"span","kind":2,"startTimeUnixNano":"1544712660000000000",
            "endTimeUnixNano":"1544712661000000000",{{{{Attributes}}}},"events":[{"timeUnixNano":"1544712660500000000","name":"exception",{{{{Attributes}}}}}],
            "links":[{"traceId":"5b8efff798038103d269b633813fc60d","spanId":"eee19b7ec3c1b175"}],"status":{"code":2,"message":"no"}},
            {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b173","name":"parent","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000"}]}]}]}
            """),
        Seed<ExportLogsServiceRequest>(1, "v1/logs", "logs.v1.LogsService", $$$$"""
            {"resourceLogs":[{{{{{Resource}}}},"scopeLogs":[{"scope":{"name":"c"},"logRecords":[{"timeUnixNano":"1544712660300000000","severityNumber":9,"severityText":"Information",
            "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","body":{"stringValue":"Took {int} of {text}"},{{{{Attributes}}}}}]}]}]}
            """),
        Seed<ExportMetricsServiceRequest>(2, "v1/metrics", "metrics.v1.MetricsService", $$$$"""
            {"resourceMetrics":[{{{{{Resource}}}},"scopeMetrics":[{"scope":{"name":"m"},"metrics":[
            {"name":"gauge","unit":"1","gauge":{"dataPoints":[{"asDouble":10.5,"timeUnixNano":"1544712660300000000",{{{{Attributes}}}}}]}},
            {"name":"sum","unit":"By","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"asInt":"5","timeUnixNano":"1544712660300000000",{{{{Attributes}}}}}]}},
            {"name":"histogram","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"1544712660300000000","count":"2","sum":2,"bucketCounts":["1","1"],
            "explicitBounds":[1],"exemplars":[{"timeUnixNano":"1544712660300000000","asDouble":1,"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}]}]}},
            {"name":"exponential","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"1544712660300000000","count":"3","sum":10,"scale":0,"zeroCount":"1",
            "positive":{"offset":1,"bucketCounts":["0","2"]}}]}},
            {"name":"summary","summary":{"dataPoints":[{"timeUnixNano":"1544712660300000000","count":"3","sum":10,"quantileValues":[{"quantile":0.5,"value":3}]}]}}]}]}]}
            """),
    ];

    private static OtlpSeed Seed<TRequest>(int kind, string path, string service, string json) where TRequest : IMessage, new()
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return new OtlpSeed(kind, path, service, bytes, OtlpJson.Parse<TRequest>(bytes).ToByteArray());
    }
}
