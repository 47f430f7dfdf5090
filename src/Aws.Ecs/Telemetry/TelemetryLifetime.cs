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
/// that hangs could hold the process for three times as long.
/// </remarks>
internal sealed class TelemetryLifetime(IServiceProvider services) : IHostedLifecycleService
{
    /// <summary>The most that the end of the process waits for the receiver.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // Kept from the start: a host that is stopped twice at once, as a test's is, can have its services disposed before the other stop is here.
    private TracerProvider? _tracing;
    private MeterProvider? _metrics;
    private LoggerProvider? _logging;

    /// <summary>Adds it before all that runs with the host, since the last to be stopped is the first that was added.</summary>
    public static void Add(IServiceCollection services) => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryLifetime>());

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _tracing = services.GetService<TracerProvider>();
        _metrics = services.GetService<MeterProvider>();
        _logging = services.GetService<LoggerProvider>();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        var milliseconds = (int)Timeout.TotalMilliseconds;
        return Task.WhenAll(
            Task.Run(() => _tracing?.Shutdown(milliseconds), CancellationToken.None),
            Task.Run(() => _metrics?.Shutdown(milliseconds), CancellationToken.None),
            Task.Run(() => _logging?.Shutdown(milliseconds), CancellationToken.None));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
