using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Console;

/// <summary>Says how to end the application once it has started.</summary>
internal sealed class StartedMessage(IHostApplicationLifetime lifetime, ILogger<DistributedApplication> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => logger.LogInformation("Distributed application started. Press Ctrl+C to shut down."));
        lifetime.ApplicationStopping.Register(() => logger.LogInformation("Stopping. Press Ctrl+C again to end everything at once."));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
