using Amazon.ECS.Model;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>
/// The tasks of a cluster that are of no service: those that run once, and those of schedules. CloudFormation stops the tasks of services;
/// with one of these the cluster cannot be deleted: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html.
/// </summary>
internal sealed class LooseTasks(StackSession session)
{
    /// <summary>Stops them, and waits until they have ended: each has its StopTimeout, two minutes at most.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        var waiting = new Waiting(session.Time);
        while (await FindAsync(cancellationToken) is { Count: > 0 } tasks)
        {
            foreach (var task in tasks.Where(task => told.Add(task.TaskArn)))
            {
                session.Logger.LogInformation("{Family}: stopping task {Task}", task.Group?.Split(':')[^1], TaskFailure.IdOf(task.TaskArn));
                await session.Aws.Ecs.StopTaskAsync(
                    new StopTaskRequest
                    {
                        Cluster = session.Name,
                        Task = task.TaskArn,
                        Reason = $"destroy by {session.Token.User}",
                    },
                    cancellationToken
                );
            }

            await waiting.PauseAsync(cancellationToken);
        }

        return told.Count > 0;
    }

    private async Task<List<Amazon.ECS.Model.Task>> FindAsync(CancellationToken cancellationToken)
    {
        List<Amazon.ECS.Model.Task> tasks = [];
        try
        {
            await foreach (var task in session.Aws.Ecs.TasksAsync(session.Name, cancellationToken))
            {
                if (task.LastStatus != "STOPPED" && task.Group?.StartsWith("service:", StringComparison.Ordinal) != true)
                {
                    tasks.Add(task);
                }
            }
        }
        catch (ClusterNotFoundException)
        {
            // Nothing runs where there is no cluster.
        }

        return tasks;
    }
}
