using System.Globalization;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatchLogs.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Deploying.Tasks;
using Hosting.Fargate.Reporting;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>logs [SERVICE] [--follow]</c>: what the tasks of a service print, or those of all.</summary>
internal sealed class LogsVerb(Verb verb)
{
    private static readonly TimeSpan s_lookBack = TimeSpan.FromMinutes(15);

    private readonly StackSession _session = verb.Session;
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    public async Task ExecuteAsync()
    {
        var groups = await ChosenAsync();
        var follows = verb.Configuration.GetValue<bool>("Fargate:Follow");
        var since = _session.Time.GetUtcNow() - s_lookBack;
        var waiting = new Waiting(_session.Time);
        while (true)
        {
            List<(string Workload, FilteredLogEvent Event)> events = [];
            foreach (var (workload, group) in groups)
            {
                events.AddRange((await ReadAsync(workload, group, since)).Select(item => (workload, item)));
            }

            foreach (var (workload, item) in events.OrderBy(pair => pair.Event.Timestamp))
            {
                // Not a line of the step: what is printed here goes to other programs.
                Console.Out.WriteLine(
                    $"{Time(item)} {(groups.Count > 1 ? $"{workload}  " : "")}{TaskOf(item)}  {Printable.Line(item.Message)}"
                );
                since = Later(since, item);
            }

            if (!follows)
            {
                if (_shown.Count == 0)
                {
                    Console.Error.WriteLine(
                        $"Nothing was printed in the last {s_lookBack.TotalMinutes:0} minutes. To wait for it: --follow."
                    );
                }

                return;
            }

            await waiting.PauseAsync(verb.CancellationToken);
        }
    }

    /// <summary>
    /// The log groups of what is deployed, by the service or task that they are of. Those that are kept are the foundation's.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, string>> ChosenAsync()
    {
        SortedDictionary<string, string> groups = new(StringComparer.OrdinalIgnoreCase);
        foreach (var stack in new[] { _session.FoundationName, _session.Name })
        {
            var prefix = TaskLog.GroupOf(stack, "");
            foreach (var resource in await ResourcesAsync(stack))
            {
                if (
                    resource is { ResourceType: "AWS::Logs::LogGroup", PhysicalResourceId: { } group }
                    && group.StartsWith(prefix, StringComparison.Ordinal)
                )
                {
                    groups[group[prefix.Length..]] = group;
                }
            }
        }

        if (groups.Count == 0)
        {
            throw new DistributedApplicationException($"'{_session.Name}' has no log groups: it is not deployed. Do that first: deploy.");
        }

        if (verb.Configuration["Fargate:Service"] is { } name && groups.TryGetValue(name, out var found))
        {
            return new Dictionary<string, string> { [name] = found };
        }

        // What somebody has asked a database by hand is shown to who asks for it alone.
        foreach (
            var shell in await _session.Stacks.FindAsync(_session.Name, verb.CancellationToken) is { } live ? DeployedShell.Of(live) : []
        )
        {
            groups.Remove(DatabaseShell.NameOf(shell.Server));
        }

        return verb.Configuration["Fargate:Service"] is { } unknown
            ? throw new DistributedApplicationException(
                $"There is no service or task '{unknown}' in '{_session.Name}'. There are: {string.Join(", ", groups.Keys)}."
            )
            : groups;
    }

    private async Task<IReadOnlyList<StackResourceSummary>> ResourcesAsync(string stack)
    {
        if (await _session.Stacks.FindAsync(stack, verb.CancellationToken) is not { HoldsResources: true } live)
        {
            return [];
        }

        List<StackResourceSummary> resources = [.. (await _session.Stacks.ResourcesAsync(live.Id, verb.CancellationToken)).Values];
        foreach (
            var nested in resources
                .Where(resource => resource is { ResourceType: "AWS::CloudFormation::Stack", PhysicalResourceId.Length: > 0 })
                .ToList()
        )
        {
            resources.AddRange((await _session.Stacks.ResourcesAsync(nested.PhysicalResourceId, verb.CancellationToken)).Values);
        }

        return resources;
    }

    private async Task<IReadOnlyList<FilteredLogEvent>> ReadAsync(string workload, string group, DateTimeOffset since)
    {
        List<FilteredLogEvent> events = [];
        string? next = null;
        try
        {
            do
            {
                var page = await _session.Aws.Logs.FilterLogEventsAsync(
                    new FilterLogEventsRequest
                    {
                        LogGroupName = group,
                        StartTime = since.ToUnixTimeMilliseconds(),
                        NextToken = next,
                    },
                    verb.CancellationToken
                );
                events.AddRange((page.Events ?? []).Where(item => _shown.Add(item.EventId)));
                next = page.NextToken;
            } while (next is not null);
        }
        catch (ResourceNotFoundException)
        {
            throw new DistributedApplicationException(
                $"The log group of '{workload}' was deleted by somebody. Run deploy, which makes it again."
            );
        }

        return events;
    }

    /// <summary>Events come a little late and out of order: the last seconds are read again, and what was shown is left out.</summary>
    private static DateTimeOffset Later(DateTimeOffset since, FilteredLogEvent item)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(item.Timestamp ?? 0) - TimeSpan.FromSeconds(10);
        return time > since ? time : since;
    }

    private static string Time(FilteredLogEvent item) =>
        DateTimeOffset.FromUnixTimeMilliseconds(item.Timestamp ?? 0).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The container and the beginning of the task's id: <c>api/0123abcd</c>.</summary>
    private static string TaskOf(FilteredLogEvent item) =>
        item.LogStreamName?.Split('/') is [_, var container, var task]
            ? $"{container}/{task[..Math.Min(8, task.Length)]}"
            : item.LogStreamName ?? "";
}
