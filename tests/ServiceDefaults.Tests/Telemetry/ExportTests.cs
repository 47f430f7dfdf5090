using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>A real process and a real receiver.</summary>
public sealed class ExportTests
{
    // More than the 5 s that the flush may take, less than the 10 s after which an export times out by itself, three signals long.
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task SIGTERM_flushes_the_last_span_the_logs_and_the_metrics_before_the_exit()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await ServiceProcess.StartAsync(receiver.Address);

        using var response = await service.Client.PostAsync("/log", new StringContent("hello receiver"));
        var traceId = await response.Content.ReadAsStringAsync();
        var exitCode = await service.TerminateAsync(StopBound);

        Assert.Equal(0, exitCode);
        Assert.Contains(receiver.Exports, export => export.Path == "/v1/traces" && export.Body.Contains("the last span"));
        Assert.Contains(receiver.Exports, export => export.Path == "/v1/traces" && export.Body.Contains("POST /log"));
        Assert.Contains(receiver.Exports, export => export.Path == "/v1/logs" && export.Body.Contains("Got hello receiver"));
        Assert.Contains(receiver.Exports, export => export.Path == "/v1/metrics" && export.Body.Contains("http.server.request.duration"));
        Assert.All(receiver.Exports, export => Assert.Contains("ServiceDefaults.Tests.Service", export.Body));

        // The same request on the console: one line, with the trace that the receiver has.
        var line = Assert.Single(service.Output, line => line.Contains("Got hello receiver"));
        var scopes = JsonDocument.Parse(line).RootElement.GetProperty("Scopes").EnumerateArray();
        Assert.Equal(
            traceId,
            scopes.Select(scope => scope.TryGetProperty("TraceId", out var id) ? id.GetString() : null).OfType<string>().First()
        );
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("fails")]
    public async Task A_receiver_that_does_not_work_holds_up_neither_requests_nor_the_stop(string receiverThat)
    {
        await using var receiver = await OtlpReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return receiverThat == "fails" ? Task.CompletedTask : UntilAborted(context);
        });
        await using var service = await ServiceProcess.StartAsync(receiver.Address);

        // More records than the queues of 2048 hold.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 5000),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (index, cancellationToken) =>
            {
                using var response = await service.Client.PostAsync("/log", new StringContent($"{index}"), cancellationToken);
                response.EnsureSuccessStatusCode();
            }
        );

        Assert.Equal(0, await service.TerminateAsync(StopBound));
        Assert.NotEmpty(receiver.Exports);
    }

    [Fact]
    public async Task Any_body_that_is_logged_is_one_line_on_the_console()
    {
        await using var service = await ServiceProcess.StartAsync(otlpEndpoint: "");

        using var response = await service.Client.PostAsync("/log", new StringContent("one\r\ntwo\n\0three\u2028four"));
        await service.TerminateAsync(StopBound);

        Assert.All(service.Output, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Single(service.Output, line => line.Contains("three"));
    }

    private static async Task UntilAborted(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }
}
