using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.ECS.Model;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Task = System.Threading.Tasks.Task;

namespace Testing.Docker;

/// <summary>The main container of a task, started by Docker as ECS starts it by its task definition.</summary>
/// <remarks>
/// A task has a network of its own, as here the container has. Left out are containers that are not essential: the CloudWatch agent, whose
/// image would have to be downloaded and which has nothing to send to.
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
    /// <param name="surroundings">What is otherwise than on AWS.</param>
    public static async Task<TaskContainer> StartAsync(
        DockerEngine docker,
        TaskDefinition task,
        IAmazonSecretsManager secrets,
        Surroundings surroundings
    )
    {
        var volumes = task
            .ContainerDefinitions.SelectMany(container => container.MountPoints ?? [])
            .Select(mount => mount.SourceVolume)
            .Distinct()
            .ToDictionary(volume => volume, _ => docker.NewVolume());
        foreach (
            var first in task.ContainerDefinitions.Where(container =>
                container.Essential != true && container.MountPoints is { Count: > 0 }
            )
        )
        {
            // It writes files for the main one, which ECS starts once this has ended with 0.
            await docker.RunAsync([
                "run",
                "--rm",
                .. await VariablesAsync(first, secrets),
                .. Mounts(first, volumes),
                .. EntryPointOf(first),
                first.Image,
                .. ArgumentsOf(first),
            ]);
        }

        var container = task.ContainerDefinitions.Single(container => container.Essential == true);
        List<string> arguments =
        [
            .. await VariablesAsync(container, secrets),
            .. surroundings.Arguments,
            .. Mounts(container, volumes),
            .. EntryPointOf(container),
        ];

        // What ECS on Fargate sets itself: the region. Credentials come from an endpoint of ECS there.
        arguments.AddRange(["--env", "AWS_REGION=us-east-1", "--env", "AWS_ACCESS_KEY_ID=test", "--env", "AWS_SECRET_ACCESS_KEY=test"]);

        // Fargate has no swap.
        var memory = string.Create(
            CultureInfo.InvariantCulture,
            $"{container.Memory ?? int.Parse(task.Memory, CultureInfo.InvariantCulture)}m"
        );
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

        if (container.HealthCheck is { } health)
        {
            arguments.AddRange([
                "--health-cmd",
                string.Join(' ', health.Command.Skip(1)),
                "--health-interval",
                $"{health.Interval}s",
                "--health-timeout",
                $"{health.Timeout}s",
                "--health-retries",
                $"{health.Retries}",
                "--health-start-period",
                $"{health.StartPeriod}s",
            ]);
        }

        var id = await docker.StartAsync([.. arguments, container.Image, .. ArgumentsOf(container)]);
        var address = await docker.RunAsync("inspect", id, "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
        return new TaskContainer(docker, id, address, container);
    }

    /// <summary>What it wrote, to both of its outputs.</summary>
    public Task<string> LogsAsync() => _docker.LogsAsync(_id);

    /// <summary>SIGTERM, and SIGKILL once its stop timeout is over.</summary>
    public Task StopAsync() => _docker.RunAsync("stop", _id);

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync() => int.Parse(await _docker.RunAsync("wait", _id), CultureInfo.InvariantCulture);

    public async Task<int> ExitCodeAsync() =>
        int.Parse(await _docker.RunAsync("inspect", _id, "--format", "{{.State.ExitCode}}"), CultureInfo.InvariantCulture);

    public async Task<bool> IsRunningAsync() => await _docker.RunAsync("inspect", _id, "--format", "{{.State.Running}}") == "true";

    private static async Task<IEnumerable<string>> VariablesAsync(ContainerDefinition container, IAmazonSecretsManager secrets)
    {
        List<string> arguments = [];
        foreach (var variable in container.Environment ?? [])
        {
            arguments.AddRange(["--env", $"{variable.Name}={variable.Value}"]);
        }

        foreach (var secret in container.Secrets ?? [])
        {
            arguments.AddRange(["--env", $"{secret.Name}={await ResolveAsync(secrets, secret.ValueFrom)}"]);
        }

        return arguments;
    }

    /// <summary>Volumes that start empty, whether the task's own or on EFS.</summary>
    private static IEnumerable<string> Mounts(ContainerDefinition container, Dictionary<string, string> volumes) =>
        (container.MountPoints ?? []).SelectMany(mount =>
            new[]
            {
                "--mount",
                $"type=volume,source={volumes[mount.SourceVolume]},destination={mount.ContainerPath}{(mount.ReadOnly == true ? ",readonly" : "")}",
            }
        );

    private static IEnumerable<string> EntryPointOf(ContainerDefinition container) =>
        container.EntryPoint is [var entryPoint, ..] ? ["--entrypoint", entryPoint] : [];

    private static IEnumerable<string> ArgumentsOf(ContainerDefinition container) =>
        (container.EntryPoint ?? []).Skip(1).Concat(container.Command ?? []);

    /// <summary><c>arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:KEY:STAGE:VERSION]</c></summary>
    private static async Task<string> ResolveAsync(IAmazonSecretsManager secrets, string reference)
    {
        var parts = reference.Split(':');
        var found = await secrets.GetSecretValueAsync(
            new GetSecretValueRequest
            {
                SecretId = string.Join(':', parts.Take(7)),
                VersionStage = parts.ElementAtOrDefault(8) is { Length: > 0 } stage ? stage : null,
                VersionId = parts.ElementAtOrDefault(9) is { Length: > 0 } version ? version : null,
            }
        );
        return parts.ElementAtOrDefault(7) is { Length: > 0 } key ? (string)JsonNode.Parse(found.SecretString)![key]! : found.SecretString;
    }
}

/// <summary>What around a task is otherwise than on AWS.</summary>
internal sealed record Surroundings
{
    /// <summary>Variables, such as the address of what stands in for AWS.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The network whose names it finds; Docker's own where there is none.</summary>
    public string? Network { get; init; }

    /// <summary>The names under which others find it there.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Folders of this machine that it sees, as <c>--mount</c> takes them.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    public IEnumerable<string> Arguments =>
        [
            .. Environment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
            .. Network is null ? [] : new[] { "--network", Network },
            .. Names.SelectMany(name => new[] { "--network-alias", name }),
            .. Mounts.SelectMany(mount => new[] { "--mount", mount }),
        ];
}
