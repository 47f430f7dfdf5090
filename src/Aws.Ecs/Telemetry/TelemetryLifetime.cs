using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Aws.Ecs.Telemetry;

/// <summary>
/// Starts the three signals before anything else of the host, and exports what is left once everything else has stopped.
/// </summary>
/// <remarks>
/// At the end the signals go side by side and within one bound: disposed one after the other with the host, as they would be, a receiver
/// that hangs could hold the process for three times as long. A host that is stopped twice at once, as a test's is, disposes its services
/// while one of the stops goes on: this is disposed before the signals, since it was made after them, and waits.
/// </remarks>
internal sealed class TelemetryLifetime : IHostedLifecycleService, IAsyncDisposable, IDisposable
{
    /// <summary>The most that the end of the process waits for the receiver.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TracerProvider? _tracing;
    private readonly MeterProvider? _metrics;
    private readonly LoggerProvider? _logging;
    private readonly Lock _gate = new();
    private Task? _end;

    public TelemetryLifetime(IServiceProvider services)
    {
        _tracing = services.GetService<TracerProvider>();
        _metrics = services.GetService<MeterProvider>();
        _logging = services.GetService<LoggerProvider>();
    }

    /// <summary>Adds it before all that runs with the host, since the last to be stopped is the first that was added.</summary>
    public static void Add(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryLifetime>());

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _end ??= EndAsync();
        }
    }

    public ValueTask DisposeAsync() => new(EndOfStop());

    public void Dispose() => EndOfStop().GetAwaiter().GetResult();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Where there was no stop there is none any more: the signals end as they are disposed.
    private Task EndOfStop()
    {
        lock (_gate)
        {
            return _end ??= Task.CompletedTask;
        }
    }

    private Task EndAsync()
    {
        var milliseconds = (int)Timeout.TotalMilliseconds;
        return Task.WhenAll(
            Task.Run(() => _tracing?.Shutdown(milliseconds)),
            Task.Run(() => _metrics?.Shutdown(milliseconds)),
            Task.Run(() => _logging?.Shutdown(milliseconds))
        );
    }
}
