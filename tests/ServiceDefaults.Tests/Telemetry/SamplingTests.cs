using OpenTelemetry.Proto.Trace.V1;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>In a process of its own: in this one, who samples everything samples for all.</summary>
public sealed class SamplingTests
{
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Of_what_a_ratio_leaves_out_the_work_that_failed_is_exported_with_all_its_steps()
    {
        var spans = await SpansAsync("parentbased_traceidratio", "0");

        Assert.Equal(
            ["GET /fail", "a step before the failure", "a step that fails"],
            spans.Select(span => span.Name).Order(StringComparer.Ordinal)
        );
        Assert.Single(spans.Select(span => span.TraceId).Distinct());
        var request = Assert.Single(spans, span => span.Kind == Span.Types.SpanKind.Server);
        Assert.All(spans.Where(span => span != request), step => Assert.Equal(request.SpanId, step.ParentSpanId));
    }

    [Theory]
    [InlineData("always_on", "")]
    [InlineData("parentbased_always_on", "")]
    [InlineData("parentbased_traceidratio", "1")]
    [InlineData("traceidratio", "1")]
    [InlineData("", "")]
    public async Task Where_everything_is_sampled_everything_is_exported_once(string sampler, string argument)
    {
        var spans = await SpansAsync(sampler, argument);

        Assert.Equal(
            ["GET /fail", "GET /work", "a step before the failure", "a step that fails", "a step that works", "the last span"],
            spans.Select(span => span.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Where_nothing_is_sampled_nothing_is_exported() => Assert.Empty(await SpansAsync("always_off", ""));

    [Fact]
    public async Task A_caller_s_decision_against_a_trace_does_not_hide_a_failure()
    {
        const string Unsampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

        var spans = await SpansAsync("parentbased_traceidratio", "0.5", Unsampled);

        Assert.Equal(3, spans.Count(span => Convert.ToHexStringLower(span.TraceId.Span) == "0af7651916cd43dd8448eb211c80319c"));
    }

    private static async Task<IReadOnlyList<Span>> SpansAsync(string sampler, string argument, string? traceParent = null)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await ServiceProcess.StartAsync(
            receiver.Address,
            ("OTEL_TRACES_SAMPLER", sampler),
            ("OTEL_TRACES_SAMPLER_ARG", argument)
        );
        foreach (var path in new[] { "/work", "/poll", "/fail", "/health" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (traceParent is not null)
            {
                request.Headers.Add("traceparent", traceParent);
            }

            // The test's own spans are sampled, and their context would be sent.
            using var unobserved = OpenTelemetry.SuppressInstrumentationScope.Begin();
            System.Diagnostics.Activity.Current = null;
            using var response = await service.Client.SendAsync(request);
        }

        Assert.Equal(0, await service.TerminateAsync(StopBound));
        return [.. receiver.Spans];
    }
}
