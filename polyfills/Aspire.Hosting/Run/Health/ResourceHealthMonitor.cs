using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Health;

/// <summary>Runs the health checks of whatever runs, and says when a resource is ready.</summary>
/// <remarks>Until a resource is healthy somebody waits for it, so it is asked often; from then on now and then.</remarks>
internal sealed class ResourceHealthMonitor(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    HealthCheckService healthChecks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time) : BackgroundService
{
    /// <summary>How long after an unhealthy report the next check is.</summary>
    internal static readonly TimeSpan UnhealthyInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>How long after an unhealthy report the next check is once the resource has been unhealthy for a while.</summary>
    internal static readonly TimeSpan LongUnhealthyInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long after a healthy report the next check is.</summary>
    internal static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(15);

    private const int QuickChecks = 100;

    private readonly Dictionary<IResource, CancellationTokenSource> _monitored = [];

    // A resource is ready once, however many replicas it has and however often one of them joins later.
    private readonly ConcurrentDictionary<IResource, Task> _readyEvents = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var runningInstances = new Dictionary<IResource, HashSet<string>>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (!runningInstances.TryGetValue(change.Resource, out var running))
                {
                    runningInstances[change.Resource] = running = [];
                }

                var isNew = change.Snapshot.State?.Text == KnownResourceStates.Running
                    ? running.Add(change.ResourceId)
                    : running.Remove(change.ResourceId) && false;
                if (running.Count == 0)
                {
                    Stop(change.Resource);
                    _readyEvents.TryRemove(change.Resource, out _);
                }
                else if (isNew)
                {
                    // A replica that joins has reports to get at once, not when the others' next turn comes.
                    Stop(change.Resource);
                    var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    _monitored.Add(change.Resource, ending);
                    _ = Task.Run(() => MonitorAsync(change.Resource, ending.Token, stoppingToken), stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private void Stop(IResource resource)
    {
        if (_monitored.Remove(resource, out var monitored))
        {
            monitored.Cancel();
            monitored.Dispose();
        }
    }

    private async Task MonitorAsync(IResource resource, CancellationToken cancellationToken, CancellationToken stoppingToken)
    {
        try
        {
            var checks = ResourceHealth.ChecksOf(resource).ToHashSet();
            if (checks.Count == 0)
            {
                await ReadyAsync(resource, stoppingToken).ConfigureAwait(false);
                return;
            }

            var unhealthyReports = 0;
            var isReady = false;
            while (true)
            {
                var report = await CheckAsync(checks, cancellationToken).ConfigureAwait(false);
                await PublishAsync(resource, report).ConfigureAwait(false);
                unhealthyReports = report.Status == HealthStatus.Healthy ? 0 : unhealthyReports + 1;
                if (report.Status == HealthStatus.Healthy && !isReady)
                {
                    isReady = true;
                    await ReadyAsync(resource, stoppingToken).ConfigureAwait(false);
                }
                var interval = unhealthyReports == 0 ? HealthyInterval : unhealthyReports < QuickChecks ? UnhealthyInterval : LongUnhealthyInterval;
                await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The resource, or the application, stops.
        }
    }

    private async Task<HealthReport> CheckAsync(HashSet<string> checks, CancellationToken cancellationToken)
    {
        try
        {
            var report = await healthChecks.CheckHealthAsync(check => checks.Contains(check.Name), cancellationToken).ConfigureAwait(false);
            var missing = checks.Where(check => !report.Entries.ContainsKey(check)).ToList();
            return missing.Count == 0 ? report : Failed(missing, new InvalidOperationException("There is no health check of that name."));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A check that cannot even be made: which one it was is not known.
            return Failed(checks, exception);
        }
    }

    private static HealthReport Failed(IEnumerable<string> checks, Exception exception) => new(
        checks.ToDictionary(
            check => check,
            _ => new HealthReportEntry(HealthStatus.Unhealthy, exception.Message, TimeSpan.Zero, exception, data: null)),
        TimeSpan.Zero);

    private Task PublishAsync(IResource resource, HealthReport report)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return notifications.PublishUpdateAsync(resource, snapshot => snapshot.State?.Text == KnownResourceStates.Running
            ? snapshot with { HealthReports = Merge(snapshot.HealthReports, report, now) }
            : snapshot);
    }

    private static ImmutableArray<HealthReportSnapshot> Merge(ImmutableArray<HealthReportSnapshot> last, HealthReport report, DateTime now) =>
    [
        .. last.Where(check => !report.Entries.ContainsKey(check.Name)),
        .. report.Entries.Select(entry => new HealthReportSnapshot(
            entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.Message) { LastRunAt = now }),
    ];

    private async Task ReadyAsync(IResource resource, CancellationToken stoppingToken)
    {
        var published = _readyEvents.GetOrAdd(resource, _ => PublishReadyAsync(resource, stoppingToken));
        await published.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Whoever waits for the resource looks at how the event went.
        await notifications.PublishUpdateAsync(resource, snapshot =>
            snapshot.State?.Text == KnownResourceStates.Running ? snapshot with { ReadyEvent = published } : snapshot).ConfigureAwait(false);
    }

    private async Task PublishReadyAsync(IResource resource, CancellationToken stoppingToken)
    {
        try
        {
            await eventing.PublishAsync(new ResourceReadyEvent(resource, services), stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            loggers.GetLogger(resource).LogError("A subscriber of ResourceReadyEvent failed: {Problem}", exception.Message);
            throw;
        }
    }
}
