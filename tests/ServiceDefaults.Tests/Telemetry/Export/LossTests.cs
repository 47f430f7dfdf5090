using Amazon.Runtime;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Tests.Telemetry.Export;

/// <summary>What does not arrive costs nothing but itself, and is counted.</summary>
[Collection(CountedExports.Name)]
public sealed class LossTests
{
    private const string Exported = "otel.sdk.exporter.span.exported";
    private const int QueueSize = 2048;

    private static readonly BasicAWSCredentials Credentials = new("AKIA", "secret");

    [Theory]
    [InlineData(413, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(429, false)]
    public async Task Spans_that_a_receiver_refuses_are_counted_and_said_in_the_log(int status, bool isSigned)
    {
        await using var receiver = await OtlpReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var counted = new CountedItems(Exported, receiver.Address);
        await using var host = await ExportingHost.StartAsync(receiver.Address, isSigned ? Credentials : null);

        host.Work(times: 700);
        await host.StopAsync();

        Assert.Equal((700, 700), (counted[$"{status}"], counted.Total));
        Assert.Contains(host.Lines.Warnings, line =>
            line.StartsWith($"Exporting traces to {receiver.Address}/v1/traces fails") && line.Contains($"{status}")
        );
        // Once for each signal, however many exports there were.
        Assert.Equal(3, host.Lines.Warnings.Count());
    }

    [Fact]
    public async Task A_receiver_that_works_again_is_said_too_and_gets_what_comes_then()
    {
        var works = false;
        await using var receiver = await OtlpReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = works ? 200 : 503;
            return Task.CompletedTask;
        });
        using var counted = new CountedItems(Exported, receiver.Address);
        await using var host = await ExportingHost.StartAsync(receiver.Address, Credentials);

        host.Work(times: 3);
        await Until.TrueAsync(() => counted["503"] == 3, $"the spans are lost: {counted}");
        works = true;
        host.Work(times: 2);
        await host.StopAsync();

        Assert.Equal(2, counted[""]);
        Assert.Contains(host.Lines.All, line => line.StartsWith($"Exporting traces to {receiver.Address}/v1/traces works again; 3 items"));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_sent_and_the_log_says_why()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await ExportingHost.StartAsync(receiver.Address, new None());

        host.Work();
        await host.StopAsync();

        Assert.Empty(receiver.Exports);
        Assert.Contains(host.Lines.Warnings, line => line.Contains("There are no credentials."));
    }

    [Theory]
    [InlineData("localhost:4317")]
    [InlineData("http://")]
    [InlineData("http://localhost:port")]
    public async Task What_is_no_address_costs_the_telemetry_and_the_log_says_what_to_write(string endpoint)
    {
        await using var host = await ExportingHost.StartAsync(endpoint, credentials: null);

        host.Work();
        await host.StopAsync();

        Assert.Equal(
            ["logs", "metrics", "traces"],
            host.Lines.Warnings.Where(line =>
                    line.Contains($"OTEL_EXPORTER_OTLP_ENDPOINT is '{endpoint}'") && line.Contains("Write http://HOST:PORT")
                )
                .Select(line => line.Split(' ')[1])
                .Order()
        );
    }

    [Fact]
    public async Task Nobody_at_the_address_is_counted_too()
    {
        var receiver = await OtlpReceiver.StartAsync();
        var address = receiver.Address;
        await receiver.DisposeAsync();
        using var counted = new CountedItems(Exported, address);
        await using var host = await ExportingHost.StartAsync(address, Credentials);

        host.Work(times: 5);
        await host.StopAsync();

        Assert.Equal(5, counted["System.Net.Http.HttpRequestException"]);
    }

    [Fact]
    public async Task A_receiver_that_hangs_fills_a_bounded_queue_and_what_it_has_no_room_for_is_counted()
    {
        const int Spans = 20_000;
        await using var receiver = await OtlpReceiver.StartAsync(async context =>
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)
        );
        using var counted = new CountedItems(Exported, receiver.Address);
        using var queued = new CountedItems("otel.sdk.processor.span.processed");
        await using var host = await ExportingHost.StartAsync(receiver.Address, Credentials, ("OTEL_EXPORTER_OTLP_TIMEOUT", "500"));

        // None of them waits for the receiver.
        await Task.Run(() => host.Work(Spans)).WaitAsync(TimeSpan.FromSeconds(20));
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));

        // What was in the queue when it was full, and what the exporter took out of it meanwhile.
        Assert.InRange(queued["queue_full"], 1, Spans - QueueSize);
        await Until.TrueAsync(() => counted.Total + queued["queue_full"] == Spans, "every span is counted as lost");
        Assert.Equal(0, counted[""]);
    }

    private sealed class None : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new AmazonClientException("There are no credentials.");
    }
}
