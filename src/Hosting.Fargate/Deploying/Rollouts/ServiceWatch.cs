using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.ECS;
using Amazon.ECS.Model;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Reporting;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying.Rollouts;

/// <summary>
/// Follows the services that roll, and keeps what their failed tasks left: once a rollout is rolled back, ECS and CloudWatch may have
/// forgotten it.
/// </summary>
internal sealed partial class ServiceWatch(DeploySession session)
{
    private const int MaxFailures = 3;

    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TaskFailure>> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _healthCodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _before = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>
    /// Remembers which revision each service runs, to say what a failed rollout goes back to; and what has stopped and happened before.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in await DescribeAsync(session.Application.Services, cancellationToken))
        {
            _before[service.ServiceName] = TaskFailure.IdOf(service.TaskDefinition);
            _seen.UnionWith((service.Events ?? []).Select(item => item.Id));
            foreach (var arn in await StoppedAsync(service.ServiceName, cancellationToken))
            {
                _seen.Add(arn);
            }
        }
    }

    /// <summary>Looks at the services whose resources CloudFormation is working on.</summary>
    public async Task ObserveAsync(IReadOnlySet<string> inProgress, CancellationToken cancellationToken)
    {
        var rolling = session.Application.Services.Where(service => inProgress.Contains(ServiceComposer.Id(service))).ToList();
        foreach (var live in await DescribeAsync(rolling, cancellationToken))
        {
            var service = rolling.First(service => service.Name == live.ServiceName);
            Show(live);
            ReadHealth(live);
            try
            {
                await ReadFailuresAsync(service, live, cancellationToken);
            }
            catch (AmazonECSException exception) when (exception.ErrorCode is "ClusterNotFoundException" or "ServiceNotFoundException")
            {
                // A rollback has just taken it away with what came with it.
            }
        }
    }

    /// <summary>Why a service did not get through; nothing where none of its tasks failed.</summary>
    public IEnumerable<string> Explain(string serviceId)
    {
        if (session.Application.Services.FirstOrDefault(service => ServiceComposer.Id(service) == serviceId) is not { } service)
        {
            yield break;
        }

        var failures = _failures.GetValueOrDefault(service.Name, []);
        var codes = _healthCodes.GetValueOrDefault(service.Name);
        var isUnhealthy =
            codes is not null || failures.Exists(failure => failure.StoppedReason.Contains("health", StringComparison.OrdinalIgnoreCase));
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"'{service.Name}' did not become stable{(failures.Count > 0 ? $": {failures.Count} of its tasks failed" : "")}."
        );
        if (isUnhealthy && failures.TrueForAll(failure => failure.Containers.All(IsStopped)))
        {
            yield return $"Likely cause: {FailureCause.HealthCheck(service, string.IsNullOrEmpty(codes) ? null : codes) ?? "its health check fails."}";
            failures = [.. failures.Select(failure => failure with { Cause = null })];
        }

        // Most often they fail alike: the last one is the one that is complete.
        foreach (var line in failures.TakeLast(1).SelectMany(failure => failure.Lines()))
        {
            yield return line;
        }

        if (_before.TryGetValue(service.Name, out var before))
        {
            yield return $"Rolled back to {before}, which serves as before.";
        }
    }

    /// <summary>Whether it ended since ECS stopped its task, and not by itself.</summary>
    private static bool IsStopped(ContainerEnd container) =>
        container.ExitCode is null or 0 or 143 or 137
        && container.Reason?.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase) != true;

    private void Show(Service live)
    {
        var primary = (live.Deployments ?? []).Find(other => other.Status == "PRIMARY");
        var failed = primary?.FailedTasks is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $", {count} failed") : "";
        var state = string.Create(
            CultureInfo.InvariantCulture,
            $"{live.ServiceName}: {primary?.RunningCount ?? live.RunningCount} of {primary?.DesiredCount ?? live.DesiredCount} running, {primary?.PendingCount ?? live.PendingCount} pending{failed}{Old(live)}  {TaskFailure.IdOf(primary?.TaskDefinition ?? live.TaskDefinition)}"
        );
        if (_shown.GetValueOrDefault(live.ServiceName) != state)
        {
            _shown[live.ServiceName] = state;
            session.Logger.LogInformation("  {State}", state);
        }
    }

    private static string Old(Service live) =>
        (live.Deployments ?? []).Where(other => other.Status != "PRIMARY").Sum(other => other.RunningCount ?? 0) is > 0 and var old
            ? string.Create(CultureInfo.InvariantCulture, $", {old} of the old")
            : "";

    /// <summary>
    /// <c>(service api) (port 8080) is unhealthy in (target-group …) due to (reason Health checks failed with these codes: [404])</c>
    /// </summary>
    private void ReadHealth(Service live)
    {
        foreach (
            var message in (live.Events ?? [])
                .Where(item => _seen.Add(item.Id))
                .Select(item => item.Message)
                .Where(message => message.Contains("unhealthy", StringComparison.OrdinalIgnoreCase))
        )
        {
            _healthCodes.TryAdd(live.ServiceName, "");
            if (Codes().Match(message) is { Success: true } match)
            {
                _healthCodes[live.ServiceName] = match.Groups["codes"].Value;
            }
        }
    }

    private async Task ReadFailuresAsync(Hosting.Fargate.Application.ServiceSpec service, Service live, CancellationToken cancellationToken)
    {
        var primary = (live.Deployments ?? []).Find(other => other.Status == "PRIMARY")?.TaskDefinition ?? live.TaskDefinition;
        string[] stopped = [.. (await StoppedAsync(service.Name, cancellationToken)).Where(_seen.Add)];
        foreach (var arns in stopped.Chunk(100))
        {
            var described = await session.Aws.Ecs.DescribeTasksAsync(
                new DescribeTasksRequest { Cluster = session.Application.Name, Tasks = [.. arns] },
                cancellationToken
            );
            foreach (var task in described.Tasks ?? [])
            {
                // A task of the old revision that stops is how a rollout works.
                if (IsOfRollout(task, primary, service) && _failures.TryAdd(service.Name, []) | _failures[service.Name].Count < MaxFailures)
                {
                    var failure = await TaskFailure.ReadAsync(
                        session.Aws.Logs,
                        WorkloadFacts.Of(session.Application, service),
                        task,
                        cancellationToken
                    );
                    _failures[service.Name].Add(failure);
                    session.Logger.LogWarning(
                        "  {Service}: task {Task} stopped: {Reason}",
                        service.Name,
                        failure.TaskId,
                        Printable.Line(failure.StoppedReason)
                    );
                }
            }
        }
    }

    private bool IsOfRollout(Amazon.ECS.Model.Task task, string primary, Hosting.Fargate.Application.ServiceSpec service)
    {
        var isScaledIn =
            task.StopCode == TaskStopCode.ServiceSchedulerInitiated
            && task.StoppedReason?.Contains("health", StringComparison.OrdinalIgnoreCase) != true;
        var isNew =
            task.TaskDefinitionArn == primary || TaskFailure.IdOf(task.TaskDefinitionArn) != _before.GetValueOrDefault(service.Name);
        return isNew && !isScaledIn;
    }

    private async Task<IReadOnlyList<string>> StoppedAsync(string service, CancellationToken cancellationToken)
    {
        var listed = await session.Aws.Ecs.ListTasksAsync(
            new ListTasksRequest
            {
                Cluster = session.Application.Name,
                ServiceName = service,
                DesiredStatus = DesiredStatus.STOPPED,
            },
            cancellationToken
        );
        return listed.TaskArns ?? [];
    }

    private async Task<IReadOnlyList<Service>> DescribeAsync(
        IEnumerable<Hosting.Fargate.Application.ServiceSpec> services,
        CancellationToken cancellationToken
    )
    {
        List<Service> described = [];
        try
        {
            // Ten a call: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html.
            foreach (var names in services.Select(service => service.Name).Chunk(10))
            {
                var answer = await session.Aws.Ecs.DescribeServicesAsync(
                    new DescribeServicesRequest { Cluster = session.Application.Name, Services = [.. names] },
                    cancellationToken
                );
                described.AddRange((answer.Services ?? []).Where(service => service.Status != "INACTIVE"));
            }
        }
        catch (ClusterNotFoundException)
        {
            // In a first deploy the services are not there yet, and neither is their cluster.
        }

        return described;
    }

    [GeneratedRegex(@"codes: \[(?<codes>[^\]]+)\]")]
    private static partial Regex Codes();
}
