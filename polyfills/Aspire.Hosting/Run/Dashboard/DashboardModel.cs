using System.Runtime.CompilerServices;
using Aspire.Dashboard.Model;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Run.Dashboard;

/// <summary>Shows the dashboard the application.</summary>
internal sealed class DashboardModel(
    IConfiguration configuration,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    LocalOrchestrator orchestrator) : IDashboardModel
{
    private const string AppHostSuffix = ".AppHost";

    public string ApplicationName
    {
        get
        {
            var name = configuration["AppHost:DashboardApplicationName"] ?? "Aspire";
            return name.EndsWith(AppHostSuffix, StringComparison.OrdinalIgnoreCase) ? name[..^AppHostSuffix.Length] : name;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<DashboardResourceChange>> WatchResourcesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in notifications.WatchBatchesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return
            [
                .. batch.Select(change => new DashboardResourceChange(
                    DashboardResources.Of(change, orchestrator.Find(change.ResourceId)))),
            ];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<DashboardConsoleLine>> WatchConsoleAsync(
        string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in loggers.LogOf(resourceName).WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return [.. batch.Select(line => new DashboardConsoleLine(line.LineNumber, line.Timestamp, line.Text, line.IsError))];
        }
    }

    public async Task<DashboardCommandResult> ExecuteCommandAsync(string resourceName, string commandName, CancellationToken cancellationToken)
    {
        var result = await commands.ExecuteCommandAsync(resourceName, commandName, cancellationToken).ConfigureAwait(false);
        return new DashboardCommandResult(result.Success, result.Message, result.Canceled);
    }
}
