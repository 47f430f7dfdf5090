using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Testing;

namespace Api.Tests;

public sealed class TraceTests(AwsEmulator aws)
{
    [Fact]
    public async Task Long_polls_are_in_no_trace_and_what_does_not_wait_is()
    {
        var spans = new Spans();
        await using var api = await TestApi.StartAsync(aws, services =>
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans))
        );
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;
        await api.CompleteAsync(id);

        await client.GetStringAsync($"/profiles/{id}?wait=30");
        await client.GetStringAsync($"/profiles/{id}");
        await client.GetStringAsync($"/profiles/{id}?wait=0");
        await client.GetStringAsync("/profiles?limit=1");

        // Requests end in their order here, so that the long poll's span would have come first.
        await Eventually.GetAsync(() => Task.FromResult(spans.OfServer(api).Count() == 3 ? "" : null), "three requests are traced");
        Assert.Equal([null, "?wait=Redacted", "?limit=Redacted"], spans.OfServer(api).Select(span => span.GetTagItem("url.query")));
        // Nor what it read: each of the others has its spans of S3 below it.
        var servers = spans.OfServer(api).Select(span => span.SpanId).ToHashSet();
        var reads = spans
            .Ended.Where(span => Equals(span.GetTagItem("aws.s3.bucket"), api.Resources.Bucket) && span.Parent?.Kind is ActivityKind.Server)
            .ToList();
        Assert.NotEmpty(reads);
        Assert.All(reads, read => Assert.Contains(read.ParentSpanId, servers));
    }

    private sealed class Spans : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        // The APIs of other tests are in this process too.
        public IEnumerable<Activity> OfServer(TestApi api) =>
            Ended.Where(span => span.Kind == ActivityKind.Server && Equals(span.GetTagItem("server.port"), api.Port));

        public override void OnEnd(Activity data) => Ended.Enqueue(data);
    }
}
