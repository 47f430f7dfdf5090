using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Starts the three signals before anything else of the host, and exports what is left once everything else has stopped.
/// </summary>
/// <remarks>
/// Traces and logs are there before the first request or message is. Metrics, which take as long to set up as both of them, are set up beside
/// the rest of the start, and the host has not started before they are there. At the end the signals go side by side and
/// within one bound: disposed one after the other with the host, as they would be, a receiver that hangs could hold the process for
/// three times as long.
/// </remarks>
internal sealed class TelemetryLifetime(IServiceProvider services) : IHostedLifecycleService
{
    /// <summary>The most that the end of the process waits for the receiver.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // The SDK's own, which sets up one signal after the other; no public name has it.
    private const string HostedServiceOfSdk = "OpenTelemetry.Extensions.Hosting.Implementation.TelemetryHostedService";

    // Kept from the start: a host that is stopped twice at once, as a test's is, can have its services disposed before the other stop is here.
    private TracerProvider? _tracing;
    private LoggerProvider? _logging;
    private Task<MeterProvider?> _metrics = Task.FromResult<MeterProvider?>(null);

    /// <summary>Adds it in place of what the SDK starts with. Where that has another name one day, both do it, which is the same and slower.</summary>
    public static void Add(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.FullName == HostedServiceOfSdk) is { } ofSdk)
        {
            services.Remove(ofSdk);
        }

        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryLifetime>());
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _metrics = Task.Run(services.GetService<MeterProvider>, CancellationToken.None);
        _tracing = services.GetService<TracerProvider>();
        _logging = services.GetService<LoggerProvider>();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => _metrics.WaitAsync(cancellationToken);

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var milliseconds = (int)Timeout.TotalMilliseconds;
        var metrics = await _metrics;
        await Task.WhenAll(
            Task.Run(() => _tracing?.Shutdown(milliseconds), CancellationToken.None),
            Task.Run(() => metrics?.Shutdown(milliseconds), CancellationToken.None),
            Task.Run(() => _logging?.Shutdown(milliseconds), CancellationToken.None));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
