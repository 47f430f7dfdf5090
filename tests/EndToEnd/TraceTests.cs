using OpenTelemetry.Proto.Trace.V1;

namespace EndToEnd;

public sealed class TraceTests
{
    [Fact]
    public async Task One_trace_runs_from_the_request_through_the_queue_to_the_workers_last_span()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var application = await ReferenceApplication.StartAsync(builder =>
        {
            foreach (var service in new[] { "api", "worker" })
            {
                ReferenceApplication.Environment(builder, service, "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address);
                ReferenceApplication.Environment(builder, service, "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
                ReferenceApplication.Environment(builder, service, "OTEL_BSP_SCHEDULE_DELAY", "200");
                ReferenceApplication.Environment(builder, service, "OTEL_TRACES_SAMPLER", "always_on");
            }
        });

        await application.EndOfAsync(await application.PostAsync("n\n1\n2\n"));

        var request = await SpanAsync(receiver, span => span is { Service: "api", Span.Kind: Span.Types.SpanKind.Server } && span["http.request.method"] == "POST");
        var process = await SpanAsync(receiver, span => span is { Service: "worker", Span.Kind: Span.Types.SpanKind.Consumer });
        Assert.Equal(request.TraceId, process.TraceId);

        var result = await SpanAsync(receiver, span => span.Service == "worker" && span.TraceId == request.TraceId && span["rpc.method"] == "PutObject");
        var settle = await SpanAsync(receiver, span => span.Service == "worker" && span.TraceId == request.TraceId && span["messaging.operation.type"] == "settle");
        Assert.Equal("aws_sqs", settle["messaging.system"]);
        Assert.True(result.Span.StartTimeUnixNano >= process.Span.StartTimeUnixNano, "the result was written before the job was processed");

        // Every span of the trace hangs on another one of it, up to the request: nothing is torn off.
        var trace = receiver.Spans.Where(span => span.TraceId == request.TraceId).ToList();
        var ids = trace.Select(span => span.Span.SpanId).ToHashSet();
        Assert.All(trace.Where(span => span != request), span =>
            Assert.True(ids.Contains(span.Span.ParentSpanId), $"{span.Service} {span.Span.Name} has a parent that never arrived"));
        Assert.Empty(request.Span.ParentSpanId);
    }

    [Fact]
    public async Task Health_checks_are_not_traced()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var application = await ReferenceApplication.StartAsync(builder =>
        {
            ReferenceApplication.Environment(builder, "api", "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address);
            ReferenceApplication.Environment(builder, "api", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
            ReferenceApplication.Environment(builder, "api", "OTEL_BSP_SCHEDULE_DELAY", "200");
        });
        await application.Api.GetStringAsync("/health");
        await application.Api.GetStringAsync("/profiles");

        await SpanAsync(receiver, span => span is { Service: "api", Span.Kind: Span.Types.SpanKind.Server });
        Assert.DoesNotContain(receiver.Spans, span => span["url.path"] is "/health" or "/alive");
    }

    private static async Task<ReceivedSpan> SpanAsync(OtlpReceiver receiver, Func<ReceivedSpan, bool> wanted)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            if (receiver.Spans.FirstOrDefault(wanted) is { } span) return span;
            Assert.True(!deadline.IsCancellationRequested, "The span did not arrive. These did:\n" + string.Join('\n',
                receiver.Spans.Select(s => $"{s.TraceId} {s.Service} {s.Span.Kind} {s.Span.Name} {string.Join(' ', s.Span.Attributes.Select(a => $"{a.Key}={a.Value.StringValue}"))}")));
            await timer.WaitForNextTickAsync();
        }
    }
}
