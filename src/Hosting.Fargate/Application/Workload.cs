using System.Collections.Immutable;
using Aws.CloudFormation;

namespace Hosting.Fargate.Application;

/// <summary>What runs: a service, or a task that ends.</summary>
internal abstract record Workload
{
    /// <summary>The name of the resource in the model.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it begins logical ids: <c>Api</c>.</summary>
    public string Id => Names.Id(Name);

    /// <summary>The line of the model: <c>AddProject("api")</c>.</summary>
    public required string Declaration { get; init; }

    public required TaskSize Size { get; init; }

    public Architecture Architecture { get; init; }

    /// <summary>Disk in GiB where it is more than the 20 that are free.</summary>
    public int? EphemeralStorage { get; init; }

    public required Capacity Capacity { get; init; }

    public required Telemetry Telemetry { get; init; }

    /// <summary>The container of the model first, then those beside it.</summary>
    public required ImmutableArray<Container> Containers { get; init; }

    public ImmutableArray<Volume> Volumes { get; init; } = [];

    public ImmutableArray<Grant> Grants { get; init; } = [];

    /// <summary>What it calls by the names of services: by Service Connect from a service, by DNS from a task.</summary>
    public ImmutableArray<Connection> Connections { get; init; } = [];

    /// <summary>The services that are there before it, by reference or WaitFor.</summary>
    public ImmutableArray<string> After { get; init; } = [];

    public int LogRetentionDays { get; init; } = 30;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableArray<Action<IReadOnlyCollection<TemplateResource>>> Customizations { get; init; } = [];

    public Container Main => Containers[0];

    /// <summary>Every secret that ECS puts into a container, each once.</summary>
    public IEnumerable<SecretVariable> SecretVariables => Containers.SelectMany(container => container.Secrets);

    /// <summary>The secrets of its own, each once: text with other secrets inside.</summary>
    public IEnumerable<ComposedSecret> ComposedSecrets =>
        SecretVariables.Select(variable => variable.Source).OfType<ComposedSecret>().Distinct();

    /// <summary>The secrets that an argument has inside, each once.</summary>
    public IEnumerable<SecretSpec> SecretsInArguments => Containers.SelectMany(container => container.SecretsInArguments).Distinct();
}

/// <summary>A number of tasks that ECS keeps running.</summary>
internal sealed record ServiceSpec : Workload
{
    /// <summary>How many tasks where nothing scales the service.</summary>
    public required int DesiredCount { get; init; }

    public Scaling? Scaling { get; init; }

    public required DeploymentStrategy Deployment { get; init; }

    public bool RollBackOnAlarm { get; init; } = true;

    /// <summary>From how many seconds on an answer is too slow; null where none is.</summary>
    public int? SlowSeconds { get; init; }

    /// <summary>How many seconds an answer takes at the most, where the model says it.</summary>
    public int? LongestAnswerSeconds { get; init; }

    /// <summary>The keys of Data Protection that all tasks share; null where they share none.</summary>
    public SecretSpec? Keys { get; init; }

    /// <summary>Whether the load balancer leads a browser to the same task each time.</summary>
    public bool IsSticky { get; init; }

    public required TargetHealth Health { get; init; }

    public bool EnableExec { get; init; }

    public int DeregistrationSeconds { get; init; } = 30;

    /// <summary>What of the service the load balancer sends requests to.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>What other services call by the service's name.</summary>
    public ImmutableArray<ConnectEndpoint> ConnectEndpoints { get; init; } = [];

    /// <summary>
    /// Whether it is called by a name in DNS: by tasks that end, for Service Connect is for those of services alone, or by services that it
    /// calls itself.
    /// </summary>
    public bool IsInDns { get; init; }

    /// <summary>What its tasks call on single tasks by their addresses, those of the service itself too: silos, brokers.</summary>
    public ImmutableArray<Connection> Peers { get; init; } = [];

    public bool UsesServiceConnect => ConnectEndpoints.Length > 0 || Connections.Any(connection => !connection.IsByDns);
}

/// <summary>A task that ends: in each deploy, before all services but those that it needs, on a schedule, or by hand.</summary>
internal sealed record TaskSpec : Workload
{
    public TaskSchedule? Schedule { get; init; }

    /// <summary>Whether nothing starts it but a person.</summary>
    public bool RunsByHand { get; init; }
}

/// <summary>CPU units and memory in MiB of a task.</summary>
internal sealed record TaskSize(int Cpu, int Memory);

/// <summary>How the load balancer asks whether a task works, in seconds.</summary>
internal sealed record TargetHealth(
    string Path,
    string SuccessCodes,
    int Interval,
    int Timeout,
    int HealthyThreshold,
    int UnhealthyThreshold,
    int GraceSeconds,
    bool IsOfModel
)
{
    /// <summary>The port that is asked, where the model says which; null for the one that requests go to.</summary>
    public ContainerPort? Port { get; init; }
}

/// <summary>A port of the service that the load balancer sends requests to.</summary>
/// <param name="Port">The container's port, by name.</param>
/// <param name="Rules">Which requests; none for what has no route of its own and so is all.</param>
internal sealed record Route(ContainerPort Port, ImmutableArray<RouteRule> Rules)
{
    /// <summary>Whether CloudFront is before it.</summary>
    public bool IsAtEdge { get; init; }
}

/// <summary>A rule of the load balancer's listener.</summary>
/// <param name="Path">The path; null for all.</param>
/// <param name="Host">The host name; null for all.</param>
/// <param name="Priority">1 to 50000, the lower first; derived from path and host, and for every path from the name of the service.</param>
internal sealed record RouteRule(string? Path, string? Host, int Priority)
{
    /// <summary>The port of the load balancer that is the endpoint's own; null for the port that all share.</summary>
    public int? Port { get; init; }

    /// <summary>Whether publish chose the host, since the model has no route for the endpoint.</summary>
    public bool IsChosen { get; init; }

    /// <summary>What the distribution of CloudFront is called that is the endpoint's own; null for the one that all share.</summary>
    public string? Distribution { get; init; }

    /// <summary>The host where it can be called: <c>*.example.com</c> cannot.</summary>
    public string? CallableHost => Host is not null && !Host.Contains('*') && !Host.Contains('?') ? Host : null;

    /// <summary>As an address shows it: <c>api.example.com/orders/*</c>, <c>:8443/*</c>, <c>site….cloudfront.net/*</c>.</summary>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Host}{(Port is { } port ? $":{port}" : "")}{(Distribution is null ? "" : $"{Distribution}….cloudfront.net")}{Path ?? "/*"}"
        );
}

/// <summary>A name and port under which Service Connect reaches a container's port.</summary>
internal sealed record ConnectEndpoint(ContainerPort Port, string DiscoveryName, string DnsName, int AliasPort);

/// <summary>A service or task calls a service on a port of its container.</summary>
internal sealed record Connection(string Server, int ContainerPort, string Reason)
{
    /// <summary>Whether by DNS, as from a task that ends or among services in a circle, and not by Service Connect.</summary>
    public bool IsByDns { get; init; }
}

/// <summary>How the number of tasks moves.</summary>
internal sealed record Scaling(
    int Minimum,
    int Maximum,
    double? CpuPercent,
    double? MemoryPercent,
    int? RequestsPerTarget,
    BacklogScaling? Backlog,
    ImmutableArray<ScalingSchedule> Schedules
);

internal sealed record BacklogScaling(DataResource Queue, double MessagesPerTask);
