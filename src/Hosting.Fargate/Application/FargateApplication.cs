using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Application;

/// <summary>The model of one environment in the words of ECS: what reading makes and composing takes.</summary>
internal sealed record FargateApplication
{
    /// <summary>The name of the application's stack.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the stack with what outlives the application's: repositories, secrets, data.</summary>
    public string FoundationName => StackNames.FoundationOf(Name);

    /// <summary>The name of the environment's resource in the model.</summary>
    public required string EnvironmentResource { get; init; }

    /// <summary>The host environment, such as <c>Production</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>The region that the model names to deploy to, such as <c>eu-west-1</c>; null where it names none.</summary>
    public string? Region { get; init; }

    /// <summary>The AWS profile that the model names to deploy with; null where it names none.</summary>
    public string? Profile { get; init; }

    public required NetworkPlan Network { get; init; }

    public required Ingress Ingress { get; init; }

    public ContainerInsights? Insights { get; init; }

    public AlarmPlan Alarms { get; init; } = new(Enabled: true, TopicArn: null);

    public string? PermissionsBoundary { get; init; }

    public bool NestedStacks { get; init; }

    public Safeguards Safeguards { get; init; } = new();

    public ManagedInstancesPlan ManagedInstances { get; init; } = new();

    public ImmutableArray<ServiceSpec> Services { get; init; } = [];

    public ImmutableArray<TaskSpec> Tasks { get; init; } = [];

    public ImmutableArray<SecretSpec> Secrets { get; init; } = [];

    public ImmutableArray<ParameterSpec> Parameters { get; init; } = [];

    /// <summary>
    /// Where the values of secrets and parameters come from: those of the model, and those that its resources made for themselves.
    /// </summary>
    public ImmutableArray<ParameterResource> Sources { get; init; } = [];

    /// <summary>What holds data: queues, buckets, tables, file systems; those of one type after each other.</summary>
    public ImmutableArray<DataResource> Data { get; init; } = [];

    /// <summary>The caches that ElastiCache runs.</summary>
    public ImmutableArray<Cache> Caches { get; init; } = [];

    public ImmutableArray<CacheConnection> CacheConnections { get; init; } = [];

    /// <summary>The database servers that RDS runs.</summary>
    public ImmutableArray<DatabaseServer> Databases { get; init; } = [];

    public ImmutableArray<DatabaseConnection> DatabaseConnections { get; init; } = [];

    /// <summary>The brokers that Amazon MQ runs.</summary>
    public ImmutableArray<Broker> Brokers { get; init; } = [];

    public ImmutableArray<BrokerConnection> BrokerConnections { get; init; } = [];

    /// <summary>The front ends whose files CloudFront serves.</summary>
    public ImmutableArray<Site> Sites { get; init; } = [];

    /// <summary>The databases, caches and brokers that exist, with their passwords.</summary>
    public ImmutableArray<ExistingManaged> Existing { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a reader should know and nothing refuses: left out, defaulted, to be decided.</summary>
    public ImmutableArray<Notice> Notices { get; init; } = [];

    /// <summary>The log group of a service or task.</summary>
    public string LogGroupOf(Workload workload) => $"/ecs/{(Safeguards.KeepsLogs ? FoundationName : Name)}/{workload.Name}";

    /// <summary>What runs statements on the database servers that RDS runs, by hand.</summary>
    public ImmutableArray<DatabaseShell> Shells { get; init; } = [];

    /// <summary>All that there is a task definition of.</summary>
    public IEnumerable<Workload> Definitions => Shells.Select(shell => shell.Task).Concat(Workloads);

    public IEnumerable<Workload> Workloads => Tasks.Cast<Workload>().Concat(Services);

    /// <summary>The zone in which tasks that end find services: <c>db.shop.internal</c>.</summary>
    public string DnsZone => StackNames.DnsZoneOf(Name);

    /// <summary>The file systems that workloads mount.</summary>
    public IEnumerable<DataResource> FileSystems =>
        Services
            .Cast<Workload>()
            .Concat(Tasks)
            .SelectMany(workload => workload.Volumes)
            .Select(volume => volume.FileSystem)
            .OfType<DataResource>()
            .DistinctBy(fileSystem => fileSystem.Name);

    /// <summary>The images that deploy makes.</summary>
    public IEnumerable<BuiltImage> Images => Workloads.Select(workload => workload.Main.Image).OfType<BuiltImage>();

    public bool HasLoadBalancer => Services.Any(service => service.Routes.Length > 0);

    /// <summary>Whether CloudFront is before the load balancer.</summary>
    public bool HasEdge => HasLoadBalancer && Ingress.Edge is not null;

    /// <summary>Whether the load balancer is private behind CloudFront, which comes by a VPC origin.</summary>
    public bool HasPrivateEdge => HasEdge && !Ingress.Edge!.PublicLoadBalancer;

    /// <summary>What CloudFront says to a load balancer on the internet, which answers nobody else; null where there is none.</summary>
    public SecretSpec? OriginKey { get; init; }

    /// <summary>Whether browsers come to CloudFront: before the load balancer, or to files alone.</summary>
    public bool HasDistribution => Ingress.Edge is not null && (HasLoadBalancer || Sites.Length > 0);

    /// <summary>Whether the web ACL that publishing makes is CloudFront's, and not the load balancer's.</summary>
    public bool HasManagedWebAclAtEdge => HasDistribution && Ingress is { ManagedWebAcl: not null, Edge.WebAclArn: null };

    /// <summary>The certificate in us-east-1 that the model gives CloudFront; null where it gives none.</summary>
    public string? GivenEdgeCertificate =>
        Ingress.Edge?.CertificateArn
        ?? (Ingress.CertificateArn?.Split(':')[3] == CloudFrontDistribution.CertificateRegion ? Ingress.CertificateArn : null);

    /// <summary>Whether publishing makes CloudFront's certificate.</summary>
    public bool HasOwnEdgeCertificate => HasDistribution && GivenEdgeCertificate is null && Ingress.HostedZoneId is not null;

    /// <summary>The name of the stack in us-east-1.</summary>
    public string EdgeName => StackNames.EdgeOf(Name);

    /// <summary>Whether errors of CloudFront have an alarm.</summary>
    public bool HasEdgeAlarms => Alarms.Enabled && HasDistribution;

    /// <summary>The topic that CloudFront's alarms tell, which is in us-east-1 as they are; null where they tell nobody.</summary>
    public string? EdgeAlarmTopicArn =>
        Ingress.Edge?.AlarmTopicArn
        ?? (Alarms.TopicArn?.Split(':')[3] == CloudFrontDistribution.CertificateRegion ? Alarms.TopicArn : null);

    /// <summary>
    /// Whether what CloudFront has in us-east-1 alone, its certificate, its web ACL and its alarms, is in a stack there: unless the
    /// application itself is known to be there, whose own stack has it then.
    /// </summary>
    public bool HasEdgeStack =>
        Region != CloudFrontDistribution.CertificateRegion && (HasOwnEdgeCertificate || HasManagedWebAclAtEdge || HasEdgeAlarms);

    /// <summary>
    /// After how many seconds without a byte the load balancer cuts a connection, and answers 504 to a request: as the model says, else
    /// well above the longest answer of a service and what is too slow for it, and its own 60 at the least. Source:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout.
    /// </summary>
    public int IdleSeconds =>
        Ingress.IdleSeconds
        ?? Math.Min(
            Ingress.MaxIdleSeconds,
            Services
                .Where(service => service.Routes.Length > 0)
                .Select(service => Math.Max(service.LongestAnswerSeconds ?? 0, service.SlowSeconds ?? 0) + 10)
                .Append(60)
                .Max()
        );
}

/// <summary>Something that a reader of the summary should know.</summary>
/// <param name="Resource">The resource of the model; null for all.</param>
/// <param name="Text">A sentence.</param>
/// <param name="IsWarning">Whether the console shows it too.</param>
/// <param name="IsNews">Whether the console shows it where nothing was published or deployed before.</param>
internal sealed record Notice(string? Resource, string Text, bool IsWarning = false, bool IsNews = false)
{
    /// <summary>The words with which the text begins that are of this resource alone; what follows is so of all that have it.</summary>
    public string Fact { get; init; } = "";

    /// <summary>The text after that.</summary>
    public string Reason => Text[Fact.Length..];

    /// <summary>A warning that begins with what is of its resource alone.</summary>
    public static Notice Warning(string resource, string fact, string reason) =>
        new(resource, fact + reason, IsWarning: true) { Fact = fact };
}

/// <summary>Whether there are alarms, and whom they tell.</summary>
internal sealed record AlarmPlan(bool Enabled, string? TopicArn);

/// <summary>Which instances ECS Managed Instances may choose.</summary>
internal sealed record ManagedInstancesPlan(int MinVCpus = 1, int MinMemoryMiB = 2048, int? MaxVCpus = null);

/// <summary>A database, cache or broker that exists.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Password">The secret with its password; null where it has none.</param>
/// <param name="Server">Where it is.</param>
internal sealed record ExistingManaged(string Name, SecretSpec? Password, ExistingServer Server);
