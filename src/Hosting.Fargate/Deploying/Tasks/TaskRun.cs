using Amazon.ECS;
using Amazon.ECS.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Templates;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>Runs a task of the application once and waits for its end.</summary>
internal sealed class TaskRun(Deployment deployment)
{
    /// <summary>The services that have rolled for it, where this deploy changes any.</summary>
    public IReadOnlyCollection<string> Rolled { get; init; } = [];

    /// <param name="task">The task.</param>
    /// <param name="arguments">What it is given in place of its own arguments; none for its own.</param>
    /// <param name="cancellationToken">Ends the waiting; the task goes on.</param>
    /// <returns>The task as it ended, with exit code 0.</returns>
    /// <exception cref="DistributedApplicationException">It did not start, or ended in failure; the message has the end of its log.</exception>
    public async Task<Amazon.ECS.Model.Task> RunAsync(RunTask task, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var started = await StartAsync(task, arguments, cancellationToken);
        deployment.Logger.LogInformation("{Task}: started as {Id}", task.Name, TaskFailure.IdOf(started.TaskArn));
        var log = new TaskLog(deployment.Aws.Logs, deployment.Application, task, started.TaskArn);
        var ended = await WaitAsync(task, started, log, cancellationToken);
        if (ended.Containers.Find(container => container.Name == task.Main.Name) is { ExitCode: 0 })
        {
            return ended;
        }

        var failure = await TaskFailure.ReadAsync(deployment.Aws.Logs, deployment.Application, task, ended, cancellationToken);
        throw new DistributedApplicationException(
            $"The task '{task.Name}' failed, so nothing else of the deploy was done: {Changed()}.\n{string.Join('\n', failure.Lines())}");
    }

    private string Changed() => Rolled.Count == 0 ? "no service has changed"
        : $"no service has changed but {string.Join(" and ", Rolled.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}, which came first since tasks need {(Rolled.Count == 1 ? "it" : "them")}";

    private async Task<Amazon.ECS.Model.Task> StartAsync(RunTask task, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var resources = await ResourcesAsync(task, cancellationToken);
        await AwaitEarlierAsync(task, resources[TaskDefinitionComposer.Id(task)], cancellationToken);
        var network = task.Capacity is ExternalCapacity ? null : new NetworkConfiguration
        {
            AwsvpcConfiguration = new AwsVpcConfiguration
            {
                Subnets = [.. deployment.Application.Network.TaskSubnets().Select(subnet => subnet.RefTarget() is { } id ? resources[id] : subnet.AsText()!)],
                SecurityGroups = [resources[ServiceComposer.SecurityGroupId(task)]],
                AssignPublicIp = task.Capacity is FargateCapacity ? deployment.Application.Network.TasksArePublic ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED : null,
            },
        };
        var answer = await deployment.Aws.Ecs.RunTaskAsync(
            new RunTaskRequest
            {
                Cluster = deployment.Application.Name,
                TaskDefinition = resources[TaskDefinitionComposer.Id(task)],
                StartedBy = StartedBy(deployment.Token),
                LaunchType = task.Capacity is ExternalCapacity ? LaunchType.EXTERNAL : null,
                CapacityProviderStrategy = task.Capacity is ExternalCapacity ? null : [.. Strategy(task, resources)],
                NetworkConfiguration = network,
                PropagateTags = PropagateTags.TASK_DEFINITION,
                EnableECSManagedTags = true,
                Overrides = arguments.Count == 0 ? null : new TaskOverride { ContainerOverrides = [new ContainerOverride { Name = task.Main.Name, Command = [.. arguments] }] },
            },
            cancellationToken);
        return answer.Tasks is [var started, ..] ? started : throw new DistributedApplicationException(
            $"The task '{task.Name}' could not be started: {string.Join("; ", (answer.Failures ?? []).Select(failure => $"{failure.Reason} {failure.Detail}".Trim()))}. "
            + "'RESOURCE:…' means that there is no room for it: look at the capacity of the cluster, and at the account's quota of Fargate vCPUs.");
    }

    /// <summary>
    /// Waits for what an earlier deploy started and did not see the end of: two migrations at once are what nobody has written them for.
    /// </summary>
    private async Task AwaitEarlierAsync(RunTask task, string definition, CancellationToken cancellationToken)
    {
        var revision = TaskFailure.IdOf(definition);
        var request = new ListTasksRequest { Cluster = deployment.Application.Name, Family = revision[..revision.LastIndexOf(':')], DesiredStatus = DesiredStatus.RUNNING };
        var waiting = new Waiting();
        HashSet<string> told = new(StringComparer.Ordinal);
        while ((await deployment.Aws.Ecs.ListTasksAsync(request, cancellationToken)).TaskArns is { Count: > 0 } arns)
        {
            var described = await deployment.Aws.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = deployment.Application.Name, Tasks = arns }, cancellationToken);
            var earlier = (described.Tasks ?? []).FindAll(other => other.LastStatus != "STOPPED" && other.StartedBy?.StartsWith("deploy-", StringComparison.Ordinal) == true);
            if (earlier.Count == 0)
            {
                return;
            }

            foreach (var other in earlier.Where(other => told.Add(other.TaskArn)))
            {
                deployment.Logger.LogInformation("{Task}: {Id} still runs from an earlier deploy ({StartedBy}); waiting for its end", task.Name, TaskFailure.IdOf(other.TaskArn), other.StartedBy);
            }

            await waiting.PauseAsync(cancellationToken);
        }
    }

    private async Task<Amazon.ECS.Model.Task> WaitAsync(RunTask task, Amazon.ECS.Model.Task started, TaskLog log, CancellationToken cancellationToken)
    {
        var waiting = new Waiting();
        var status = started.LastStatus;
        while (true)
        {
            var described = await deployment.Aws.Ecs.DescribeTasksAsync(
                new DescribeTasksRequest { Cluster = deployment.Application.Name, Tasks = [started.TaskArn] }, cancellationToken);

            // Right after its start a task may not be found yet.
            if (described.Tasks is [var now, ..])
            {
                if (now.LastStatus != status)
                {
                    status = now.LastStatus;
                    waiting.Hurry();
                    deployment.Logger.LogInformation("{Task}: {Status}", task.Name, status);
                }

                foreach (var line in await log.ReadNewAsync(cancellationToken))
                {
                    deployment.Logger.LogInformation("{Task} | {Line}", task.Name, line);
                }

                if (status == "STOPPED")
                {
                    return now;
                }
            }

            await waiting.PauseAsync(cancellationToken);
        }
    }

    /// <summary>The physical ids of the application's resources, those of the task's own stack too where it has one.</summary>
    private async Task<Dictionary<string, string>> ResourcesAsync(RunTask task, CancellationToken cancellationToken)
    {
        var resources = await deployment.Stacks.ResourcesAsync(deployment.Application.Name, cancellationToken);
        var ids = resources.ToDictionary(pair => pair.Key, pair => pair.Value.PhysicalResourceId, StringComparer.Ordinal);
        if (resources.GetValueOrDefault($"{task.Id}Stack") is { ResourceType: "AWS::CloudFormation::Stack" } nested)
        {
            foreach (var (id, resource) in await deployment.Stacks.ResourcesAsync(nested.PhysicalResourceId, cancellationToken))
            {
                ids[id] = resource.PhysicalResourceId;
            }
        }

        return ids.ContainsKey(TaskDefinitionComposer.Id(task)) ? ids : throw new DistributedApplicationException(
            $"The task '{task.Name}' is not deployed: 'deploy' makes its task definition.");
    }

    private static IEnumerable<CapacityProviderStrategyItem> Strategy(RunTask task, Dictionary<string, string> resources) =>
        ServiceComposer.CapacityStrategy(task.Capacity).Maps().Select(item => new CapacityProviderStrategyItem
        {
            CapacityProvider = item["CapacityProvider"].RefTarget() is { } id ? resources[id] : item["CapacityProvider"].AsText(),
            Weight = item["Weight"].AsInt(),
            Base = item["Base"].AsInt() ?? 0,
        });

    /// <summary>At most 128 letters, digits, hyphens, underscores, slashes and colons (36 in older regions).</summary>
    private static string StartedBy(DeployToken token) => $"deploy-{token.User}"[..Math.Min(36, $"deploy-{token.User}".Length)];
}
