using System.Globalization;
using Amazon.ECS.Model;
using Hosting.Fargate.Deploying.Rollouts;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>status</c>: what is deployed, and how it does.</summary>
internal sealed class StatusVerb(Verb verb)
{
    private readonly Deployment _deployment = verb.Deployment;

    public async Task ExecuteAsync()
    {
        var name = _deployment.Application.Name;
        foreach (var stackName in new[] { _deployment.Application.FoundationName, name })
        {
            var stack = await _deployment.Stacks.FindAsync(stackName, verb.CancellationToken);
            var by = stack is null ? "" : await ByAsync(stack);
            Log(stack is null ? $"{stackName}: not deployed" : string.Create(CultureInfo.InvariantCulture, $"{stackName}: {stack.Status.Value}, last changed {stack.LastChanged?.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC{by}"));
            if (stack is not null)
            {
                Log($"  {_deployment.Console.Stack(stack.Id)}");
            }

            if (stackName == name && stack?.Outputs.GetValueOrDefault("Url") is { } url)
            {
                Log($"  {url}");
            }
        }

        foreach (var names in _deployment.Application.Services.Select(service => service.Name).Chunk(10))
        {
            await ServicesAsync(names);
        }
    }

    private async Task ServicesAsync(string[] names)
    {
        try
        {
            var answer = await _deployment.Aws.Ecs.DescribeServicesAsync(
                new DescribeServicesRequest { Cluster = _deployment.Application.Name, Services = [.. names] }, verb.CancellationToken);
            foreach (var service in (answer.Services ?? []).Where(service => service.Status != "INACTIVE"))
            {
                await ServiceAsync(service);
            }

            foreach (var name in names.Except((answer.Services ?? []).Select(service => service.ServiceName), StringComparer.Ordinal))
            {
                Log($"{name}: not deployed");
            }
        }
        catch (ClusterNotFoundException)
        {
        }
    }

    private async Task ServiceAsync(Service service)
    {
        var primary = (service.Deployments ?? []).Find(deployment => deployment.Status == "PRIMARY");
        Log(string.Create(
            CultureInfo.InvariantCulture,
            $"{service.ServiceName}: {service.RunningCount} of {service.DesiredCount} running, {service.PendingCount} pending; {TaskFailure.IdOf(service.TaskDefinition)}; rollout {primary?.RolloutState?.Value ?? "unknown"}{Reason(primary)}"));
        Log($"  {_deployment.Console.Service(_deployment.Application.Name, service.ServiceName)}");
        var definition = await _deployment.Aws.Ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = service.TaskDefinition }, verb.CancellationToken);
        foreach (var container in definition.TaskDefinition.ContainerDefinitions ?? [])
        {
            Log($"  {container.Name}: {container.Image}");
        }

        var tasks = await _deployment.Aws.Ecs.ListTasksAsync(new ListTasksRequest { Cluster = _deployment.Application.Name, ServiceName = service.ServiceName }, verb.CancellationToken);
        foreach (var arns in (tasks.TaskArns ?? []).Chunk(100))
        {
            var described = await _deployment.Aws.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = _deployment.Application.Name, Tasks = [.. arns] }, verb.CancellationToken);
            foreach (var task in described.Tasks ?? [])
            {
                Log(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  task {TaskFailure.IdOf(task.TaskArn)}: {task.LastStatus}, {TaskFailure.IdOf(task.TaskDefinitionArn)}{(task.AvailabilityZone is { } zone ? $", {zone}" : "")}, since {task.StartedAt?.ToUniversalTime() ?? task.CreatedAt?.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC"));
            }
        }
    }

    private async Task<string> ByAsync(Stacks.LiveStack stack) => (await _deployment.Stacks.WhoAsync(stack, verb.CancellationToken)).Deploy is { } deploy ? $" by {deploy.Describe()}" : "";

    private static string Reason(Amazon.ECS.Model.Deployment? deployment) =>
        deployment is { RolloutState.Value: "FAILED", RolloutStateReason: { Length: > 0 } reason } ? $" ({reason})" : "";

    private void Log(string line) => _deployment.Logger.LogInformation("{Line}", line);
}
