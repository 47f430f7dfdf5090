using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Exports what is left once everything else has stopped: the three signals side by side and within one bound. Disposed one after
/// the other with the host, as they would be, a receiver that hangs could hold the process for three times as long.
/// </summary>
internal sealed class TelemetryFlush(TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedLifecycleService
{
    /// <summary>The most that the end of the process waits for the receiver.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        var milliseconds = (int)Timeout.TotalMilliseconds;
        return Task.WhenAll(
            Task.Run(() => traces.Shutdown(milliseconds), CancellationToken.None),
            Task.Run(() => metrics.Shutdown(milliseconds), CancellationToken.None),
            Task.Run(() => logs.Shutdown(milliseconds), CancellationToken.None));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
