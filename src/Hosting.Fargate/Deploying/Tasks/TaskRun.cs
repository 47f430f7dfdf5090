using System.Globalization;
using Amazon.ECS;
using Amazon.ECS.Model;
using Aspire.Hosting;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Reporting;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>
/// Runs a task of the deployed application once and waits for its end. It goes by what is deployed, and not by the model.
/// </summary>
/// <param name="session">The account and the stacks.</param>
/// <param name="consequence">What its failure means, a sentence: <c>no service has changed</c>; empty where it means nothing else.</param>
internal sealed class TaskRun(StackSession session, string consequence = "")
{
    /// <summary>
    /// How long to wait before each further try where ECS cannot assume a role: changes of IAM take some seconds to reach every region.
    /// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency,
    /// https://github.com/pulumi/pulumi-awsx/issues/927.
    /// </summary>
    private static readonly TimeSpan[] s_waitsForRole = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    /// <param name="name">The task's name.</param>
    /// <param name="arguments">What it is given in place of its own arguments; none for its own.</param>
    /// <param name="cancellationToken">Ends the waiting; the task goes on.</param>
    /// <returns>The task as it ended, with exit code 0.</returns>
    /// <exception cref="DistributedApplicationException">It did not start.</exception>
    /// <exception cref="TaskFailedException">It ended in failure; the message has the end of its log.</exception>
    public async Task<Amazon.ECS.Model.Task> RunAsync(string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await RunAsync(await RunnableTask.FindAsync(session, name, cancellationToken), arguments, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, IReadOnlyList{string}, CancellationToken)"/>
    public async Task<Amazon.ECS.Model.Task> RunAsync(
        RunnableTask task,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var facts = await WorkloadFacts.ReadAsync(session, task, cancellationToken);
        for (var tries = 0; ; tries++)
        {
            var started = await StartAsync(task, facts, arguments, cancellationToken);
            session.Logger.LogInformation("{Task}: started as {Id}", task.Name, TaskFailure.IdOf(started.TaskArn));
            var ended = await WaitAsync(task, started, new TaskLog(session.Aws.Logs, facts, started.TaskArn), cancellationToken);
            var exitCode = ended.Containers.Find(container => container.Name == facts.Main)?.ExitCode;
            if (exitCode == 0)
            {
                return ended;
            }

            // What never began can be begun again.
            if (tries < s_waitsForRole.Length && ended.StopCode == TaskStopCode.TaskFailedToStart && IsRoleNotThereYet(ended.StoppedReason))
            {
                await AwaitRoleAsync(task, tries, cancellationToken);
                continue;
            }

            var failure = await TaskFailure.ReadAsync(session.Aws.Logs, facts, ended, cancellationToken);
            throw new TaskFailedException(
                $"The task '{task.Name}' failed{(consequence.Length > 0 ? $", {consequence}" : ".")}\n{string.Join('\n', failure.Lines())}",
                exitCode
            );
        }
    }

    /// <summary>ECS's own words; what it is not allowed to do says others, and does not pass.</summary>
    private static bool IsRoleNotThereYet(string? said) =>
        said?.Contains("unable to assume the role", StringComparison.OrdinalIgnoreCase) == true;

    private Task AwaitRoleAsync(RunnableTask task, int tries, CancellationToken cancellationToken)
    {
        session.Logger.LogInformation(
            "{Task}: ECS cannot assume its role yet, which is new; trying again in {Seconds} s",
            task.Name,
            s_waitsForRole[tries].TotalSeconds.ToString(CultureInfo.InvariantCulture)
        );
        return Task.Delay(s_waitsForRole[tries], session.Time, cancellationToken);
    }

    private async Task<Amazon.ECS.Model.Task> StartAsync(
        RunnableTask task,
        WorkloadFacts facts,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        if (task.Variables.Count == 0)
        {
            await AwaitEarlierAsync(task, cancellationToken);
        }

        var request = task.Request();
        request.StartedBy = StartedBy(session.Token);
        request.Overrides =
            arguments.Count == 0 && task.Variables.Count == 0
                ? null
                : new TaskOverride
                {
                    ContainerOverrides =
                    [
                        new ContainerOverride
                        {
                            Name = facts.Main,
                            Command = arguments.Count == 0 ? null : [.. arguments],
                            Environment =
                                task.Variables.Count == 0
                                    ? null
                                    :
                                    [
                                        .. task.Variables.Select(variable => new Amazon.ECS.Model.KeyValuePair
                                        {
                                            Name = variable.Key,
                                            Value = variable.Value,
                                        }),
                                    ],
                        },
                    ],
                };
        for (var tries = 0; ; tries++)
        {
            try
            {
                var answer = await session.Aws.Ecs.RunTaskAsync(request, cancellationToken);
                return answer.Tasks is [var started, ..]
                    ? started
                    : throw new DistributedApplicationException(
                        $"The task '{task.Name}' could not be started: {string.Join("; ", (answer.Failures ?? []).Select(failure => $"{failure.Reason} {failure.Detail}".Trim()))}. "
                            + "'RESOURCE:…' means that there is no room for it: look at the capacity of the cluster, and at the account's quota of Fargate vCPUs."
                    );
            }
            catch (AmazonECSException exception) when (tries < s_waitsForRole.Length && IsRoleNotThereYet(exception.Message))
            {
                await AwaitRoleAsync(task, tries, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Waits for what an earlier deploy started and did not see the end of: two migrations at once are what nobody has written them for.
    /// </summary>
    private async Task AwaitEarlierAsync(RunnableTask task, CancellationToken cancellationToken)
    {
        var revision = TaskFailure.IdOf(task.Definition);
        var request = new ListTasksRequest
        {
            Cluster = session.Name,
            Family = revision[..revision.LastIndexOf(':')],
            DesiredStatus = DesiredStatus.RUNNING,
        };
        var waiting = new Waiting(session.Time);
        HashSet<string> told = new(StringComparer.Ordinal);
        while ((await session.Aws.Ecs.ListTasksAsync(request, cancellationToken)).TaskArns is { Count: > 0 } arns)
        {
            var described = await session.Aws.Ecs.DescribeTasksAsync(
                new DescribeTasksRequest { Cluster = session.Name, Tasks = arns },
                cancellationToken
            );
            var earlier = (described.Tasks ?? []).FindAll(other =>
                other.LastStatus != "STOPPED" && other.StartedBy?.StartsWith("deploy-", StringComparison.Ordinal) == true
            );
            if (earlier.Count == 0)
            {
                return;
            }

            foreach (var other in earlier.Where(other => told.Add(other.TaskArn)))
            {
                session.Logger.LogInformation(
                    "{Task}: {Id} still runs from an earlier deploy ({StartedBy}); waiting for its end",
                    task.Name,
                    TaskFailure.IdOf(other.TaskArn),
                    other.StartedBy
                );
            }

            await waiting.PauseAsync(cancellationToken);
        }
    }

    private async Task<Amazon.ECS.Model.Task> WaitAsync(
        RunnableTask task,
        Amazon.ECS.Model.Task started,
        TaskLog log,
        CancellationToken cancellationToken
    )
    {
        var waiting = new Waiting(session.Time);
        var status = started.LastStatus;
        while (true)
        {
            var described = await session.Aws.Ecs.DescribeTasksAsync(
                new DescribeTasksRequest { Cluster = session.Name, Tasks = [started.TaskArn] },
                cancellationToken
            );

            // Right after its start a task may not be found yet.
            if (described.Tasks is [var now, ..])
            {
                if (now.LastStatus != status)
                {
                    status = now.LastStatus;
                    waiting.Hurry();
                    session.Logger.LogInformation("{Task}: {Status}", task.Name, status);
                }

                foreach (var line in await log.ReadNewAsync(cancellationToken))
                {
                    session.Logger.LogInformation("{Task} | {Line}", task.Name, Printable.Line(line));
                }

                if (status == "STOPPED")
                {
                    return now;
                }
            }

            await waiting.PauseAsync(cancellationToken);
        }
    }

    /// <summary>At most 128 letters, digits, hyphens, underscores, slashes and colons (36 in older regions).</summary>
    private static string StartedBy(DeployToken token) => $"deploy-{token.User}"[..Math.Min(36, $"deploy-{token.User}".Length)];
}
