using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Rollouts;

/// <summary>What a container of a task prints: the stream <c>prefix/container/task</c> of the workload's log group.</summary>
internal sealed class TaskLog(IAmazonCloudWatchLogs logs, WorkloadFacts workload, string taskArn, string? container = null)
{
    private string? _next;

    public static string GroupOf(FargateApplication application, Workload workload) => application.LogGroupOf(workload);

    public static string GroupOf(string application, string workload) => $"/ecs/{application}/{workload}";

    /// <summary>What came since the last look; the first look begins at the beginning.</summary>
    public async Task<IReadOnlyList<string>> ReadNewAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        while (true)
        {
            if (await ReadAsync(new GetLogEventsRequest { StartFromHead = true, NextToken = _next }, cancellationToken) is not { } page)
            {
                return lines;
            }

            lines.AddRange((page.Events ?? []).Select(item => item.Message));

            // The same token again says that there is no more for now.
            if (page.NextForwardToken == _next || page.Events is not { Count: > 0 })
            {
                _next = page.NextForwardToken ?? _next;
                return lines;
            }

            _next = page.NextForwardToken;
        }
    }

    /// <summary>The last lines.</summary>
    public async Task<IReadOnlyList<string>> ReadLastAsync(int count, CancellationToken cancellationToken) =>
        await ReadAsync(new GetLogEventsRequest { StartFromHead = false, Limit = count }, cancellationToken) is { } page
            ? [.. (page.Events ?? []).Select(item => item.Message).TakeLast(count)]
            : [];

    private async Task<GetLogEventsResponse?> ReadAsync(GetLogEventsRequest request, CancellationToken cancellationToken)
    {
        var name = container ?? workload.Main;
        request.LogGroupName = workload.LogGroup;
        request.LogStreamName = $"{name}/{name}/{TaskFailure.IdOf(taskArn)}";
        try
        {
            return await logs.GetLogEventsAsync(request, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            // A container that never ran has no stream.
            return null;
        }
    }
}
