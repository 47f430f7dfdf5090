using Aws.Ecs.Telemetry.Export;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ServiceDefaults.Tests.Telemetry.Export;

public sealed class OtlpRequestTests
{
    [Fact]
    public void A_request_within_the_limits_is_left_as_it_is()
    {
        var body = Traces(spans: 10, nameLength: 10).ToByteArray();

        var request = OtlpRequest.Of(OtlpSignal.Traces, body);

        Assert.Equal(60, request.ItemCount);
        Assert.Same(request, Assert.Single(request.Divide(OtlpSignal.Traces, out var lost)));
        Assert.Equal(0, lost);
    }

    [Theory]
    [InlineData(4_000, 10)] // 24,000 spans of a few bytes
    [InlineData(100, 20_000)] // 12 MB in 600 spans
    public void A_request_with_too_much_is_sent_in_parts_that_have_all_of_it_in_order(int spans, int nameLength)
    {
        var whole = Traces(spans, nameLength);

        var parts = OtlpRequest.Of(OtlpSignal.Traces, whole.ToByteArray()).Divide(OtlpSignal.Traces, out var lost);

        Assert.Equal(0, lost);
        Assert.All(parts, part => Assert.InRange(part.Body.Length, 1, 5_000_000));
        Assert.All(parts, part => Assert.InRange(part.ItemCount, 1, 10_000));
        Assert.True(parts.Count < 8, $"It took {parts.Count} requests.");
        var read = parts.Select(part => ExportTraceServiceRequest.Parser.ParseFrom(part.Body.Span)).ToList();
        Assert.Equal(parts.Select(part => part.ItemCount), read.Select(part => Spans(part).Count()));
        Assert.Equal(Spans(whole), read.SelectMany(Spans));
    }

    [Fact]
    public void A_metric_of_too_many_data_points_is_sent_in_parts_that_say_the_same_of_it()
    {
        var sum = new Metric
        {
            Name = "jobs",
            Unit = "{job}",
            Sum = new Sum { IsMonotonic = true, AggregationTemporality = AggregationTemporality.Cumulative },
        };
        sum.Sum.DataPoints.Add(Enumerable.Range(0, 2_500).Select(value => new NumberDataPoint { AsInt = value }));
        var gauge = new Metric
        {
            Name = "in hand",
            Gauge = new Gauge { DataPoints = { new NumberDataPoint { AsInt = 4711 } } },
        };
        var body = new ExportMetricsServiceRequest
        {
            ResourceMetrics =
            {
                new ResourceMetrics
                {
                    Resource = Resource(0),
                    ScopeMetrics =
                    {
                        new ScopeMetrics { Scope = Scope(0), Metrics = { sum, gauge } },
                    },
                },
            },
        };

        var request = OtlpRequest.Of(OtlpSignal.Metrics, body.ToByteArray());
        var parts = request.Divide(OtlpSignal.Metrics, out var lost);

        Assert.Equal((2_501, 0), (request.ItemCount, lost));
        Assert.All(parts, part => Assert.InRange(part.ItemCount, 1, 1_000));
        var metrics = parts
            .SelectMany(part => ExportMetricsServiceRequest.Parser.ParseFrom(part.Body.Span).ResourceMetrics)
            .SelectMany(resource => resource.ScopeMetrics)
            .SelectMany(scope => scope.Metrics)
            .ToList();
        Assert.Equal(sum.Sum.DataPoints, metrics.Where(metric => metric.Name == "jobs").SelectMany(metric => metric.Sum.DataPoints));
        Assert.All(metrics.Where(metric => metric.Name == "jobs"), metric =>
        {
            metric.Sum.DataPoints.Clear();
            Assert.Equal(new Sum { IsMonotonic = true, AggregationTemporality = AggregationTemporality.Cumulative }, metric.Sum);
            Assert.Equal("{job}", metric.Unit);
        });
        Assert.Equal(gauge, Assert.Single(metrics, metric => metric.Name == "in hand"));
    }

    [Fact]
    public void An_item_that_is_too_large_by_itself_is_lost_and_the_others_are_not()
    {
        var body = new ExportLogsServiceRequest
        {
            ResourceLogs =
            {
                new ResourceLogs
                {
                    Resource = Resource(0),
                    ScopeLogs =
                    {
                        new ScopeLogs { LogRecords = { Record("before"), Record(new string('x', 1_100_000)), Record("after") } },
                    },
                },
            },
        };

        var parts = OtlpRequest.Of(OtlpSignal.Logs, body.ToByteArray()).Divide(OtlpSignal.Logs, out var lost);

        Assert.Equal(1, lost);
        Assert.Equal(
            ["before", "after"],
            parts
                .SelectMany(part => ExportLogsServiceRequest.Parser.ParseFrom(part.Body.Span).ResourceLogs)
                .SelectMany(resource => resource.ScopeLogs)
                .SelectMany(scope => scope.LogRecords)
                .Select(record => record.Body.StringValue)
        );
    }

    [Theory]
    [InlineData(new byte[] { 0x0a })]
    [InlineData(new byte[] { 0x0a, 0x05, 0x00 })]
    [InlineData(new byte[] { 0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x0f })]
    public void What_is_no_message_is_refused(byte[] body) => Assert.Throws<FormatException>(() => OtlpRequest.Of(OtlpSignal.Traces, body));

    // Two resources of three scopes, one of which has no name, and resources that differ.
    private static ExportTraceServiceRequest Traces(int spans, int nameLength)
    {
        var request = new ExportTraceServiceRequest();
        for (var resource = 0; resource < 2; resource++)
        {
            var resourceSpans = new ResourceSpans { Resource = Resource(resource), SchemaUrl = $"https://example.org/{resource}" };
            for (var scope = 0; scope < 3; scope++)
            {
                var scopeSpans = new ScopeSpans { Scope = scope == 0 ? null : Scope(scope) };
                scopeSpans.Spans.Add(
                    Enumerable
                        .Range(0, spans)
                        .Select(number => new Span
                        {
                            Name = $"{resource} {scope} {number} ".PadRight(nameLength, 'x'),
                            Kind = Span.Types.SpanKind.Server,
                        })
                );
                resourceSpans.ScopeSpans.Add(scopeSpans);
            }

            request.ResourceSpans.Add(resourceSpans);
        }

        return request;
    }

    // Each with all that is said about it.
    private static IEnumerable<(Resource, string, InstrumentationScope?, Span)> Spans(ExportTraceServiceRequest request) =>
        from resource in request.ResourceSpans
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select (resource.Resource, resource.SchemaUrl, scope.Scope, span);

    private static Resource Resource(int number) =>
        new()
        {
            Attributes =
            {
                new KeyValue
                {
                    Key = "number",
                    Value = new AnyValue { IntValue = number },
                },
            },
        };

    private static InstrumentationScope Scope(int number) => new() { Name = $"scope {number}" };

    private static LogRecord Record(string text) => new() { Body = new AnyValue { StringValue = text } };
}
