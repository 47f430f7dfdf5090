using System.Globalization;
using Amazon.CloudWatchLogs;
using Amazon.ECS.Model;
using Hosting.Fargate.Reporting;

namespace Hosting.Fargate.Deploying.Rollouts;

/// <summary>
/// A task that did not do what it is there for: what ECS says of it, the end of its log, and what that most likely means.
/// </summary>
internal sealed record TaskFailure
{
    private const int LogLines = 20;

    public required string TaskId { get; init; }

    /// <summary>The revision that it was started from: <c>shop-api:7</c>.</summary>
    public required string TaskDefinition { get; init; }

    public required string StoppedReason { get; init; }

    public required IReadOnlyList<ContainerEnd> Containers { get; init; }

    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>The container whose log it is.</summary>
    public string? LogOf { get; init; }

    /// <summary>A sentence; null where nothing is known.</summary>
    public string? Cause { get; init; }

    /// <summary>The last part of an ARN: a task's id, a task definition's family and revision.</summary>
    public static string IdOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    public static async Task<TaskFailure> ReadAsync(
        IAmazonCloudWatchLogs logs,
        WorkloadFacts workload,
        Amazon.ECS.Model.Task task,
        CancellationToken cancellationToken
    )
    {
        List<ContainerEnd> containers =
        [
            .. (task.Containers ?? []).Select(container => new ContainerEnd(container.Name, container.ExitCode, container.Reason)),
        ];
        var broken = containers.Find(container => container.ExitCode is not (null or 0))
            ?? containers.Find(container => container.Name == workload.Main);
        var log = broken is null
            ? []
            : await new TaskLog(logs, workload, task.TaskArn, broken.Name).ReadLastAsync(LogLines, cancellationToken);
        var failure = new TaskFailure
        {
            TaskId = IdOf(task.TaskArn),
            TaskDefinition = IdOf(task.TaskDefinitionArn),
            StoppedReason = task.StoppedReason ?? task.StopCode?.Value ?? "no reason was given",
            Containers = containers,
            Log = log,
            LogOf = broken?.Name,
        };
        return failure with { Cause = FailureCause.Of(failure, workload) };
    }

    /// <summary>For a person: what others wrote in it does nothing to a terminal.</summary>
    public IEnumerable<string> Lines() => Told().Select(Printable.Line);

    private IEnumerable<string> Told()
    {
        if (Cause is not null)
        {
            yield return $"Likely cause: {Cause}";
        }

        yield return $"task {TaskId} ({TaskDefinition}) stopped: {StoppedReason}";
        foreach (var container in Containers.Where(container => container.ExitCode is not null || container.Reason is not null))
        {
            yield return $"  container {container.Name}: {container.Describe()}";
        }

        if (Log.Count == 0)
        {
            yield return LogOf is null ? "  it has no log" : $"  {LogOf} has printed nothing";
            yield break;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"  the last {Log.Count} lines of {LogOf}:");
        foreach (var line in Log)
        {
            yield return $"  | {line}";
        }
    }
}

/// <summary>How a container ended.</summary>
internal sealed record ContainerEnd(string Name, int? ExitCode, string? Reason)
{
    public string Describe() =>
        (ExitCode, Reason) switch
        {
            ({ } code, { } reason) => string.Create(CultureInfo.InvariantCulture, $"exit code {code}, {reason}"),
            ({ } code, null) => string.Create(CultureInfo.InvariantCulture, $"exit code {code}{Signal(code)}"),
            (null, { } reason) => reason,
            _ => "still running",
        };

    private static string Signal(int code) =>
        code switch
        {
            132 => " (illegal instruction)",
            134 => " (aborted: in .NET an unhandled exception)",
            137 => " (killed)",
            139 => " (segmentation fault)",
            143 => " (asked to stop)",
            _ => "",
        };
}
