using OpenTelemetry.Proto.Trace.V1;

namespace EndToEnd;

[Collection(RunningApplication.Collection)]
public sealed class TraceTests(RunningApplication running)
{
    [Fact]
    public async Task One_trace_runs_from_the_request_through_the_queue_to_the_workers_last_span()
    {
        var receiver = running.Application.Telemetry;
        // What processes do once, at their first job, is in its trace.
        await running.Application.EndOfAsync(await running.Application.PostAsync("n\n0\n"));
        var profile = await running.Application.PostAsync("n\n1\n2\n");
        await running.Application.EndOfAsync(profile);

        var source = $"profiles/{profile.Segments[^1]}/source.csv";
        var stored = await SpanAsync(receiver, span => span.Service == "api" && span["aws.s3.key"] == source);
        var request = await SpanAsync(receiver, span => span.TraceId == stored.TraceId && span.Span.Kind == Span.Types.SpanKind.Server);
        // The last to end: what the worker sends is sent in the order in which it ends.
        await SpanAsync(receiver, span => span.TraceId == request.TraceId && span.Span.Kind == Span.Types.SpanKind.Consumer);

        var trace = receiver.Spans.Where(span => span.TraceId == request.TraceId).OrderBy(span => span.Span.StartTimeUnixNano).ToList();
        Assert.Equal(
            [
                "api Server POST /profiles/",
                "api Client S3.PutObject source.csv",
                "api Client S3.PutObject state.json",
                "api Producer send jobs",
                "worker Consumer process jobs",
                "worker Internal profile csv",
                "worker Client S3.GetObject source.csv",
                "worker Client S3.PutObject profile.json",
                "worker Client S3.PutObject state.json",
                "worker Client settle jobs",
            ],
            trace.Select(span => $"{span.Service} {span.Span.Kind} {span.Span.Name} {span["aws.s3.key"]?.Split('/')[^1]}".TrimEnd())
        );
        Assert.All(trace, span =>
            Assert.Equal(Parent(span), trace.SingleOrDefault(other => other.Span.SpanId == span.Span.ParentSpanId)?.Span.Name)
        );
        Assert.All(trace, span =>
            Assert.Equal(Attributes(span), span.Span.Attributes.Select(attribute => attribute.Key).Order(StringComparer.Ordinal))
        );

        var send = trace.Single(span => span.Span.Kind == Span.Types.SpanKind.Producer);
        Assert.Equal(("aws_sqs", "send", "send", "jobs"), Messaging(send));
        var process = trace.Single(span => span.Span.Kind == Span.Types.SpanKind.Consumer);
        Assert.Equal(("aws_sqs", "process", "process", "jobs"), Messaging(process));
        Assert.Equal(send["messaging.message.id"], process["messaging.message.id"]);
        Assert.Equal(send.Span.SpanId, Assert.Single(process.Span.Links).SpanId);
        Assert.Equal(("aws_sqs", "settle", "settle", "jobs"), Messaging(trace[^1]));
        Assert.All(trace.Where(span => span["rpc.service"] == "S3"), span =>
            Assert.Equal(("aws-api", "datasets"), (span["rpc.system"], span["aws.s3.bucket"]))
        );
        Assert.Equal("/profiles/", request["http.route"]);

        // The requests by which the test waited are in no trace.
        Assert.DoesNotContain(receiver.Spans, span =>
            span.Span.Attributes.Any(attribute => attribute.Key == "url.query" && attribute.Value.StringValue.Contains("wait"))
        );
    }

    [Fact]
    public async Task Health_checks_are_not_traced()
    {
        var receiver = running.Application.Telemetry;
        await running.Application.Api.GetStringAsync("/health");
        var mark = $"{Guid.NewGuid():N}";
        await running.Application.Api.GetStringAsync($"/profiles?after={mark}");

        // What came before it was sent before it.
        await SpanAsync(receiver, span =>
            span is { Service: "api", Span.Kind: Span.Types.SpanKind.Server } && span["url.query"]?.Contains(mark) is true
        );
        Assert.DoesNotContain(receiver.Spans, span => span["url.path"] is "/health" or "/alive");
    }

    private static string? Parent(ReceivedSpan span) =>
        span switch
        {
            { Span.Kind: Span.Types.SpanKind.Server } => null,
            { Service: "api" } => "POST /profiles/",
            { Span.Kind: Span.Types.SpanKind.Consumer } => "send jobs",
            { Span.Name: "S3.GetObject" } when span["aws.s3.key"]!.EndsWith("source.csv", StringComparison.Ordinal) => "profile csv",
            _ => "process jobs",
        };

    // https://opentelemetry.io/docs/specs/semconv/http/http-spans/, https://opentelemetry.io/docs/specs/semconv/messaging/sqs/ and
    // https://opentelemetry.io/docs/specs/semconv/object-stores/s3/
    private static IEnumerable<string> Attributes(ReceivedSpan span)
    {
        string[] messaging =
        [
            "aws.sqs.queue.url",
            "messaging.destination.name",
            "messaging.operation.name",
            "messaging.operation.type",
            "messaging.system",
        ];
        string[] call = ["aws.request_id", "cloud.region", "rpc.method", "rpc.service", "rpc.system"];
        string[] sqsCall = [.. call, "http.response.status_code", "server.address", "server.port"];
        string[] attributes = span.Span.Name switch
        {
            "POST /profiles/" =>
            [
                "http.request.method",
                "http.response.status_code",
                "http.route",
                "network.protocol.version",
                "server.address",
                "server.port",
                "url.path",
                "url.scheme",
            ],
            "send jobs" => [.. messaging, .. sqsCall, "messaging.message.id"],
            "settle jobs" => [.. messaging, .. sqsCall],
            "process jobs" => [.. messaging, "messaging.message.id", "profiles.job.outcome"],
            "profile csv" => ["profiles.bytes", "profiles.rows"],
            _ => [.. call, "aws.s3.bucket", "aws.s3.key", "rpc.system.name"],
        };
        return attributes.Order(StringComparer.Ordinal);
    }

    private static (string?, string?, string?, string?) Messaging(ReceivedSpan span) =>
        (span["messaging.system"], span["messaging.operation.name"], span["messaging.operation.type"], span["messaging.destination.name"]);

    private static async Task<ReceivedSpan> SpanAsync(OtlpReceiver receiver, Func<ReceivedSpan, bool> wanted)
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            if (receiver.Spans.FirstOrDefault(wanted) is { } span)
                return span;
            Assert.True(
                !deadline.IsCancellationRequested,
                "The span did not arrive. These did:\n"
                    + string.Join(
                        '\n',
                        receiver.Spans.Select(s =>
                            $"{s.TraceId} {s.Service} {s.Span.Kind} {s.Span.Name} {string.Join(' ', s.Span.Attributes.Select(a => $"{a.Key}={a.Value.StringValue}"))}"
                        )
                    )
            );
            await timer.WaitForNextTickAsync();
        }
    }
}
