using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>A container of a task.</summary>
internal sealed record Container
{
    public required string Name { get; init; }

    public required Image Image { get; init; }

    public bool Essential { get; init; } = true;

    public string? EntryPoint { get; init; }

    public ImmutableArray<Value> Command { get; init; } = [];

    public ImmutableArray<EnvironmentVariable> Environment { get; init; } = [];

    public ImmutableArray<SecretVariable> Secrets { get; init; } = [];

    public ImmutableArray<ContainerPort> Ports { get; init; } = [];

    public ImmutableArray<Mount> Mounts { get; init; } = [];

    /// <summary>CPU units of its own; null to share the task's.</summary>
    public int? Cpu { get; init; }

    /// <summary>The most memory in MiB.</summary>
    public required int Memory { get; init; }

    public int? StopSeconds { get; init; }

    public ContainerHealthCheck? HealthCheck { get; init; }

    /// <summary>The containers that are started first.</summary>
    public ImmutableArray<string> StartsAfter { get; init; } = [];

    /// <summary>Whether it does something and ends, before the container of the model starts.</summary>
    public bool EndsFirst { get; init; }

    /// <summary>Whether it does something once in each task and ends, after those that are started first work.</summary>
    public bool RunsOnce { get; init; }

    public bool ReadonlyRootFilesystem { get; init; }

    public string? User { get; init; }

    /// <summary>Why it is there, for the reader of the template; null for the container of the model.</summary>
    public string? Reason { get; init; }

    /// <summary>The secrets that an argument has inside, each once.</summary>
    public IEnumerable<SecretSpec> SecretsInArguments =>
        Command.SelectMany(value => value.Parts).OfType<SecretValue>().Select(value => value.Secret).Distinct();

    /// <summary>Every value that the container is given.</summary>
    public IEnumerable<Value> Values =>
        Environment.Select(variable => variable.Value).Concat(Command).Concat(Secrets.Select(variable => variable.Source.Value));
}

/// <summary>What a container is made from.</summary>
internal abstract record Image
{
    /// <summary>The image of a registry that it is, or is with files on top; null where it is one of the model's own.</summary>
    public string? Origin => this is RegistryImage registry ? registry.Reference : (this as BuiltImage)?.BuiltOn;
}

/// <summary>An image that is in a registry already.</summary>
internal sealed record RegistryImage(string Reference) : Image
{
    /// <summary>
    /// Its repository and tag or digest in this account's registry, where it comes through that: <c>shop/docker-hub/library/nginx:1.29</c>.
    /// </summary>
    public string? CachedAs { get; init; }

    public bool IsInEcr => Reference.Contains(".dkr.ecr.", StringComparison.Ordinal);

    /// <summary>Whether it comes from Docker Hub, which is where a name without a registry leads.</summary>
    public bool IsInDockerHub =>
        Reference.Split('/') is [var registry, _, ..]
            ? registry == "docker.io" || !(registry.Contains('.') || registry.Contains(':') || registry == "localhost")
            : true;

    /// <summary>Whether it is one of the official images of Docker Hub, which are on Amazon's public registry too.</summary>
    public bool IsOfficial =>
        IsInDockerHub
        && Reference.Split('@', ':')[0].Split('/') is [_] or ["library", _] or ["docker.io", _] or ["docker.io", "library", _];

    /// <summary>Whether the same name may be another image tomorrow for sure: it has no tag, or the tag latest.</summary>
    public bool IsUnpinned => !Reference.Contains('@') && Reference[(Reference.LastIndexOf('/') + 1)..].Split(':') is not [_, not "latest"];
}

/// <summary>A port that a container listens on.</summary>
/// <param name="Name">The name of the endpoint.</param>
/// <param name="Number">The port.</param>
/// <param name="Protocol">What is spoken on it.</param>
/// <param name="IsTls">Whether the container itself speaks TLS on it.</param>
internal sealed record ContainerPort(string Name, int Number, PortProtocol Protocol, bool IsTls = false);

internal enum PortProtocol
{
    Tcp,
    Http,
    Http2,
}

/// <summary>A variable of a container.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record EnvironmentVariable(string Name, Value Value)
{
    /// <summary>
    /// The name that it has a value in common with: a connection string is given under its own name and under one that every shell takes.
    /// </summary>
    public string SharedName { get; init; } = Name;
}

/// <summary>A variable whose value ECS takes from Secrets Manager when a task starts.</summary>
internal sealed record SecretVariable(string Name, SecretSource Source);

/// <summary>Where the value of a secret variable is.</summary>
internal abstract record SecretSource
{
    /// <summary>What the variable has in the end.</summary>
    public abstract Value Value { get; init; }
}

/// <summary>A secret of the foundation, as it is.</summary>
internal sealed record WholeSecret(SecretSpec Secret) : SecretSource
{
    public override Value Value { get; init; } = new SecretValue(Secret);
}

/// <summary>Text with secrets inside: a secret of the application's stack, composed when the stack is updated.</summary>
internal sealed record ComposedSecret(string Workload, string Variable, Value Value) : SecretSource
{
    /// <summary>
    /// What tells it from another of the workload whose variable differs in signs alone: <c>Partner:Key</c> and <c>Partner__Key</c>.
    /// </summary>
    public string Suffix { get; init; } = "";

    public string Id => $"{Names.Id(Workload)}{Names.Id(Variable)}{Suffix}Secret";
}

/// <summary>A volume of a task.</summary>
/// <param name="Name">Its name in the task definition.</param>
/// <param name="FileSystem">The file system it is on; null for the task's own disk, which ends with the task.</param>
/// <param name="Uid">The user as whom its files are read and written.</param>
/// <param name="Gid">The group.</param>
internal sealed record Volume(string Name, DataResource? FileSystem, int Uid, int Gid);

internal sealed record Mount(string Volume, string Path, bool IsReadOnly);
