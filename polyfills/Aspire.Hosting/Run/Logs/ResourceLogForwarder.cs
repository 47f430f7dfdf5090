using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Logs;

/// <summary>Passes the output of the resources on to the host's loggers, as <c>{application}.Resources.{resource}</c>: tests ask for it.</summary>
internal sealed class ResourceLogForwarder(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IHostEnvironment environment,
    ILoggerFactory factory) : BackgroundService
{
    private readonly Dictionary<string, IDisposable> _subscriptions = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (!_subscriptions.ContainsKey(change.ResourceId))
                {
                    var logger = factory.CreateLogger($"{environment.ApplicationName}.Resources.{change.Resource.Name}");
                    _subscriptions.Add(change.ResourceId, loggers.LogOf(change.ResourceId).Subscribe(line => Forward(logger, line)));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    public override void Dispose()
    {
        foreach (var subscription in _subscriptions.Values)
        {
            subscription.Dispose();
        }
        base.Dispose();
    }

    private static void Forward(ILogger logger, ResourceLogEntry entry)
    {
        var line = entry.ToLogLine();
        logger.Log(line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, "{LineNumber}: {LineContent}", line.LineNumber, line.Content);
    }
}
