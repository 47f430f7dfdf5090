using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.ECS.Model;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Task = System.Threading.Tasks.Task;

namespace Deploy.Faults.Containers;

/// <summary>The main container of a task, started by Docker as ECS starts it by its task definition.</summary>
/// <remarks>
/// A task has a network of its own, as here the container has. Left out are containers that are not essential: the CloudWatch agent, whose image
/// would have to be downloaded and which has nothing to send to.
/// </remarks>
internal sealed class TaskContainer
{
    private readonly DockerEngine _docker;
    private readonly string _id;

    private TaskContainer(DockerEngine docker, string id, string address, ContainerDefinition definition)
    {
        (_docker, _id, Address, Definition) = (docker, id, address, definition);
    }

    /// <summary>The task's own address.</summary>
    public string Address { get; }

    public ContainerDefinition Definition { get; }

    /// <param name="docker">The engine.</param>
    /// <param name="task">The task definition.</param>
    /// <param name="secrets">Where values of secrets are.</param>
    /// <param name="localServices">The address of SQS and S3.</param>
    public static async Task<TaskContainer> StartAsync(DockerEngine docker, TaskDefinition task, IAmazonSecretsManager secrets, string localServices)
    {
        var container = task.ContainerDefinitions.Single(container => container.Essential == true);
        List<string> arguments = [];
        foreach (var variable in container.Environment ?? [])
        {
            arguments.AddRange(["--env", $"{variable.Name}={variable.Value}"]);
        }

        foreach (var secret in container.Secrets ?? [])
        {
            arguments.AddRange(["--env", $"{secret.Name}={await ResolveAsync(secrets, secret.ValueFrom)}"]);
        }

        // What ECS on Fargate sets itself: the region. Credentials come from an endpoint of ECS there.
        arguments.AddRange(["--env", "AWS_REGION=us-east-1", "--env", "AWS_ACCESS_KEY_ID=test", "--env", "AWS_SECRET_ACCESS_KEY=test"]);

        // All that is different from AWS.
        arguments.AddRange(["--env", $"AWS_ENDPOINT_URL_SQS={localServices}", "--env", $"AWS_ENDPOINT_URL_S3={localServices}"]);

        // A first attempt is seen by its first word on how far it is.
        arguments.AddRange(["--env", "Worker__ProgressInterval=00:00:00.1"]);

        // Fargate has no swap.
        var memory = string.Create(CultureInfo.InvariantCulture, $"{container.Memory ?? int.Parse(task.Memory, CultureInfo.InvariantCulture)}m");
        arguments.AddRange(["--memory", memory, "--memory-swap", memory]);
        arguments.AddRange(["--cpus", (int.Parse(task.Cpu, CultureInfo.InvariantCulture) / 1024.0).ToString(CultureInfo.InvariantCulture)]);
        if (container.StopTimeout is { } stop)
        {
            arguments.AddRange(["--stop-timeout", stop.ToString(CultureInfo.InvariantCulture)]);
        }

        if (container.User is { Length: > 0 } user)
        {
            arguments.AddRange(["--user", user]);
        }

        if (container.ReadonlyRootFilesystem == true)
        {
            arguments.Add("--read-only");
        }

        if (container.LinuxParameters?.InitProcessEnabled == true)
        {
            arguments.Add("--init");
        }

        foreach (var mount in container.MountPoints ?? [])
        {
            // A task's own volume, which starts empty.
            arguments.AddRange(["--mount", $"type=volume,destination={mount.ContainerPath}{(mount.ReadOnly == true ? ",readonly" : "")}"]);
        }

        if (container.HealthCheck is { } health)
        {
            arguments.AddRange(["--health-cmd", string.Join(' ', health.Command.Skip(1)), "--health-interval", $"{health.Interval}s", "--health-timeout", $"{health.Timeout}s", "--health-retries", $"{health.Retries}", "--health-start-period", $"{health.StartPeriod}s"]);
        }

        if (container.EntryPoint is [var entryPoint, ..])
        {
            arguments.AddRange(["--entrypoint", entryPoint]);
        }

        var id = await docker.StartAsync([.. arguments, container.Image, .. (container.EntryPoint ?? []).Skip(1), .. container.Command ?? []]);
        return new TaskContainer(docker, id, await docker.RunAsync("inspect", id, "--format", "{{.NetworkSettings.IPAddress}}"), container);
    }

    /// <summary>What it wrote.</summary>
    public Task<string> LogsAsync() => _docker.RunAsync("logs", _id);

    /// <summary>SIGTERM, and SIGKILL once its stop timeout is over.</summary>
    public Task StopAsync() => _docker.RunAsync("stop", _id);

    public async Task<int> ExitCodeAsync() => int.Parse(await _docker.RunAsync("inspect", _id, "--format", "{{.State.ExitCode}}"), CultureInfo.InvariantCulture);

    public async Task<bool> IsRunningAsync() => await _docker.RunAsync("inspect", _id, "--format", "{{.State.Running}}") == "true";

    /// <summary><c>arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:KEY:STAGE:VERSION]</c></summary>
    private static async Task<string> ResolveAsync(IAmazonSecretsManager secrets, string reference)
    {
        var parts = reference.Split(':');
        var found = await secrets.GetSecretValueAsync(new GetSecretValueRequest
        {
            SecretId = string.Join(':', parts.Take(7)),
            VersionStage = parts.ElementAtOrDefault(8) is { Length: > 0 } stage ? stage : null,
            VersionId = parts.ElementAtOrDefault(9) is { Length: > 0 } version ? version : null,
        });
        return parts.ElementAtOrDefault(7) is { Length: > 0 } key ? (string)JsonNode.Parse(found.SecretString)![key]! : found.SecretString;
    }
}
