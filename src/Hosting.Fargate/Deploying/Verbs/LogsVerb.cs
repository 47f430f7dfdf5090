using System.Globalization;
using Amazon.CloudWatchLogs.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>logs [SERVICE] [--follow]</c>: what the tasks of a service print, or those of all.</summary>
internal sealed class LogsVerb(Verb verb)
{
    private static readonly TimeSpan s_lookBack = TimeSpan.FromMinutes(15);

    private readonly Deployment _deployment = verb.Deployment;
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    public async Task ExecuteAsync()
    {
        var workloads = Chosen();
        var follows = verb.Configuration.GetValue<bool>("Fargate:Follow");
        var since = DateTimeOffset.UtcNow - s_lookBack;
        var waiting = new Waiting();
        while (true)
        {
            List<(Workload Workload, FilteredLogEvent Event)> events = [];
            foreach (var workload in workloads)
            {
                events.AddRange((await ReadAsync(workload, since)).Select(item => (workload, item)));
            }

            foreach (var (workload, item) in events.OrderBy(pair => pair.Event.Timestamp))
            {
                // Not a line of the step: what is printed here goes to other programs.
                Console.Out.WriteLine($"{Time(item)} {(workloads.Count > 1 ? $"{workload.Name}  " : "")}{TaskOf(item)}  {item.Message.TrimEnd()}");
                since = Later(since, item);
            }

            if (!follows)
            {
                if (_shown.Count == 0)
                {
                    Console.Error.WriteLine($"Nothing was printed in the last {s_lookBack.TotalMinutes:0} minutes. To wait for it: --follow.");
                }

                return;
            }

            await waiting.PauseAsync(verb.CancellationToken);
        }
    }

    private IReadOnlyList<Workload> Chosen()
    {
        List<Workload> all = [.. _deployment.Application.Workloads];
        if (verb.Configuration["Fargate:Service"] is not { } name)
        {
            return all;
        }

        return all.Find(workload => workload.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? [found] : throw new DistributedApplicationException(
            $"There is no service or task '{name}' in '{_deployment.Application.Name}'. There are: {string.Join(", ", all.Select(workload => workload.Name))}.");
    }

    private async Task<IReadOnlyList<FilteredLogEvent>> ReadAsync(Workload workload, DateTimeOffset since)
    {
        List<FilteredLogEvent> events = [];
        string? next = null;
        try
        {
            do
            {
                var page = await _deployment.Aws.Logs.FilterLogEventsAsync(
                    new FilterLogEventsRequest
                    {
                        LogGroupName = TaskLog.GroupOf(_deployment.Application, workload),
                        StartTime = since.ToUnixTimeMilliseconds(),
                        NextToken = next,
                    },
                    verb.CancellationToken);
                events.AddRange((page.Events ?? []).Where(item => _shown.Add(item.EventId)));
                next = page.NextToken;
            }
            while (next is not null);
        }
        catch (ResourceNotFoundException)
        {
            throw new DistributedApplicationException($"'{workload.Name}' has no log group yet: it is not deployed. Do that first: deploy.");
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
        item.LogStreamName?.Split('/') is [_, var container, var task] ? $"{container}/{task[..Math.Min(8, task.Length)]}" : item.LogStreamName ?? "";
}
