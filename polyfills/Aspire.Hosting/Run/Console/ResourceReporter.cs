using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Console;

/// <summary>Says on the AppHost's console what somebody who looks at nothing else has to know: what is up and where, what failed and why.</summary>
internal sealed class ResourceReporter(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IHostApplicationLifetime lifetime,
    ILogger<DistributedApplication> logger) : BackgroundService
{
    private const int LastLines = 10;

    private readonly Dictionary<string, string> _reported = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (change.Snapshot.IsHidden || change.Resource is IResourceWithoutLifetime)
                {
                    ReportMissingValue(change);
                    continue;
                }
                Report(change);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private void Report(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var state = snapshot.State?.Text;
        if (state == KnownResourceStates.Running && snapshot.HealthStatus == HealthStatus.Healthy)
        {
            ReportOnce(change, "up", () => logger.LogInformation("{Resource} is {State}{Urls}", change.ResourceId,
                snapshot.HealthReports.IsEmpty ? "running" : "healthy", Urls(snapshot)));
        }
        else if (state == KnownResourceStates.FailedToStart)
        {
            ReportOnce(change, "failed", () => logger.LogError("{Resource} did not start:{Output}", change.ResourceId, LastOutput(change.ResourceId)));
        }
        else if (KnownResourceStates.TerminalStates.Contains(state) && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            ReportOnce(change, "ended", () => ReportEnd(change));
        }
        else if (state == KnownResourceStates.Starting)
        {
            // Whatever comes of this start is news again.
            _reported.Remove(change.ResourceId);
        }
    }

    private void ReportEnd(ResourceEvent change)
    {
        if (change.Snapshot.ExitCode is { } exitCode and not 0 && change.Snapshot.State?.Style == KnownResourceStateStyles.Error)
        {
            logger.LogError("{Resource} ended with exit code {ExitCode}:{Output}", change.ResourceId, exitCode, LastOutput(change.ResourceId));
        }
        else
        {
            logger.LogInformation("{Resource} ended with exit code {ExitCode}", change.ResourceId, change.Snapshot.ExitCode);
        }
    }

    private void ReportMissingValue(ResourceEvent change)
    {
        if (change.Snapshot.State?.Text == KnownResourceStates.ValueMissing)
        {
            ReportOnce(change, "missing", () => logger.LogWarning("{Resource} has no value:{Output}", change.ResourceId, LastOutput(change.ResourceId)));
        }
    }

    private void ReportOnce(ResourceEvent change, string what, Action report)
    {
        if (_reported.GetValueOrDefault(change.ResourceId) != what)
        {
            _reported[change.ResourceId] = what;
            report();
        }
    }

    private static string Urls(CustomResourceSnapshot snapshot) =>
        string.Concat(snapshot.Urls.Where(url => !url.IsInternal).Select(url => $"  {url.Url}"));

    private string LastOutput(string name) =>
        string.Concat(loggers.LogOf(name).Read().TakeLast(LastLines).Select(line => $"{Environment.NewLine}    {line.Text}"));
}
