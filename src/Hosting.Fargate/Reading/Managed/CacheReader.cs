using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Caches that ElastiCache runs. The model's expressions stay as they are: the endpoint is the cache's, over TLS, and the
/// password is the one of its user.
/// </summary>
internal sealed class CacheReader(string stack, NetworkPlan network, ParameterReader parameters, Refusals refusals)
{
    /// <summary>
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html,
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html.
    /// </summary>
    private const int MaxName = 40;

    private const StringComparison Ignored = StringComparison.OrdinalIgnoreCase;

    private static readonly string[] s_kinds = ["redis", "valkey", "garnet"];
    private static readonly string[] s_schemes = ["redis", "valkey"];

    private readonly Dictionary<IResource, Cache> _caches = new(ResourceNames.Comparer);
    private readonly List<CacheConnection> _connections = [];
    private readonly List<Notice> _notices = [];

    /// <summary>The caches that are made.</summary>
    public IEnumerable<Cache> Caches => _caches.Values.Where(cache => cache.Existing is null);

    /// <summary>Those that exist.</summary>
    public IEnumerable<Cache> Existing => _caches.Values.Where(cache => cache.Existing is not null);

    public IEnumerable<CacheConnection> Connections =>
        _connections.DistinctBy(connection => new { connection.Workload, connection.Cache.Name });

    public IEnumerable<Notice> Notices => _notices;

    public static bool IsCache(IResource resource) =>
        resource.HasAnnotationOfType<ElastiCacheAnnotation>() || resource.HasAnnotationOfType<ElastiCacheNodesAnnotation>();

    /// <summary>Takes a container that the model wants to be a cache of ElastiCache.</summary>
    public void Add(ContainerResource resource, ServerSettings settings)
    {
        var nodes = resource.Annotations.OfType<ElastiCacheNodesAnnotation>().LastOrDefault()?.Nodes;
        var kind = resource.TryGetContainerImageName(out var image) ? image : "";
        if (
            !s_kinds.Any(word =>
                resource.GetType().Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                || kind.Contains(word, StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            var method = nodes is null ? "PublishAsElastiCache" : "PublishAsElastiCacheNodes";
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' is to be a cache of ElastiCache ({method}), which runs what speaks Redis's protocol: "
                    + $"AddRedis, AddValkey, AddGarnet. '{kind}' is none of these; take {method} away."
            );
        }

        var password = PasswordOf(resource);
        if (ProblemOf(password) is { } problem)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' {problem}");
        }

        if (nodes is { Replicas: > 0 } && network is ExistingNetwork { TaskSubnets.Length: < 2 })
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has replicas, which are in other zones than the first node, and WithExistingVpc names one subnet for tasks. Name "
                    + "another, or take Replicas away."
            );
        }

        Take(
            resource,
            nodes is null
                ? ServerlessOf(resource, password, resource.Annotations.OfType<ElastiCacheAnnotation>().Last().Cache)
                : new Cache(resource.Name, NameOf(resource.Name), password)
                {
                    Nodes = nodes,
                    NodesName = NodesNameOf(resource.Name, nodes),
                },
            settings
        );
    }

    /// <summary>Takes a container of which the model says nothing, as a cache of ElastiCache where it can be one.</summary>
    /// <returns>Why it cannot; null where it is taken.</returns>
    public string? TryAdd(ContainerResource resource, ServerSettings settings)
    {
        var password = PasswordOf(resource);
        if (ProblemOf(password) is { } problem)
        {
            return $"it {problem}";
        }

        Take(resource, ServerlessOf(resource, password, new ServerlessCache()), settings);
        _notices.Add(CacheNotices.OfDefault(resource));
        return null;
    }

    /// <summary>Takes a container in the place of which there is a cache that exists.</summary>
    public void Use(ContainerResource resource, ExistingServer existing)
    {
        var password = PasswordOf(resource);
        foreach (var problem in ExistingServerRules.Problems(existing, password, modelUser: null, network))
        {
            refusals.Add(resource.Name, $"'{resource.Name}' {problem}");
        }

        _caches.Add(resource, new Cache(resource.Name, NameOf(resource.Name), password) { Existing = existing });
    }

    public bool Has(IResource resource) => _caches.ContainsKey(resource);

    /// <summary>The cache that a resource is.</summary>
    public Cache Of(IResource resource) => _caches[resource];

    /// <summary>A property of the cache's endpoint, for who refers to it.</summary>
    public Value Read(EndpointReference reference, EndpointProperty property, ValueUse use)
    {
        var cache = _caches[reference.Resource];
        if (!use.Resource.IsInNetwork)
        {
            refusals.Add(
                use.Resource.Name,
                $"{use} refers to '{cache.Name}', a cache in the network of the application, and '{use.Resource.Name}' is outside of it (Capacity.External). "
                    + "Give it another capacity, or let a service do the work."
            );
        }

        _connections.Add(
            new CacheConnection(use.Resource.Name, cache, $"{use.Resource.Name}: {use.Variable ?? "an argument"} names {cache.Name}")
        );
        var hasTls = HasTls(cache);
        var scheme = hasTls ? "rediss" : "redis";
        return property switch
        {
            EndpointProperty.TlsEnabled => new Text(hasTls ? bool.TrueString : bool.FalseString),
            EndpointProperty.Port or EndpointProperty.TargetPort => new Text(cache.OwnPort.ToString(CultureInfo.InvariantCulture)),
            EndpointProperty.Scheme => new Text(scheme),
            _ => EndpointAddress.Of(property, scheme, cache.AddressOf(isReader: use.Replica is not null), cache.OwnPort),
        };
    }

    /// <summary>
    /// A connection string of the cache: with TLS, which those of Valkey and Garnet do not say of themselves. In the words of
    /// StackExchange.Redis:
    /// https://stackexchange.github.io/StackExchange.Redis/Configuration.html.
    /// </summary>
    public Value? WithTls(IResource resource, Value? text) =>
        text is null
        || !_caches.TryGetValue(ReplicaReader.SourceOf(resource), out var cache)
        || !HasTls(cache)
        || text.Parts.OfType<Text>().Any(part => part.Content.Contains("ssl=true", StringComparison.OrdinalIgnoreCase))
            ? text
            : Value.Concat([text, new Text(",ssl=true")]);

    /// <summary>
    /// What an expression of the model comes to that has the cache's address in it: an address, <c>valkey://…</c>, whose scheme says TLS,
    /// as <c>rediss</c> does; or options of StackExchange.Redis.
    /// </summary>
    public Value AsPublished(Value value) =>
        !value.Parts.OfType<ServerAddress>().Any(IsOverTls) || value is not Concatenation { Values: [var first, ..] values } ? value
        : first is Text { Content: var text } && s_schemes.FirstOrDefault(scheme => text.StartsWith($"{scheme}://", Ignored)) is { } plain
            ? Value.Concat([new Text($"{plain}s{text[plain.Length..]}"), .. values[1..]])
        : CacheTls.OfOptions(value);

    /// <summary>The name of the cache that an address is of; null for any other.</summary>
    public string? NameOf(ServerAddress address) => _caches.Values.FirstOrDefault(cache => cache.ResourceId == address.ResourceId)?.Name;

    /// <summary>Whether an address is of a cache that is reached over TLS.</summary>
    public bool IsOverTls(ServerAddress address) => _caches.Values.Any(cache => cache.ResourceId == address.ResourceId && HasTls(cache));

    private static bool HasTls(Cache cache) => cache.Existing?.Tls ?? true;

    private static string? ProblemOf(SecretSpec? password) =>
        password?.Rotation is not null
            ? $"is a cache of ElastiCache whose password '{password.Name}' is rotated (WithRotation), and its user would keep the old one "
                + "until the next deploy. Take WithRotation away; a deploy with a new value changes both."
            : null;

    private void Take(ContainerResource resource, Cache cache, ServerSettings settings)
    {
        _notices.AddRange(CacheNotices.Of(resource, cache, settings));
        _caches.Add(resource, cache);
    }

    private Cache ServerlessOf(ContainerResource resource, SecretSpec? password, ServerlessCache options) =>
        new(resource.Name, NameOf(resource.Name), password) { Serverless = options };

    private SecretSpec? PasswordOf(ContainerResource resource)
    {
        var password = ((IResourceWithConnectionString)resource)
            .ConnectionStringExpression.ValueProviders.OfType<ParameterResource>()
            .FirstOrDefault(parameter => parameter.Secret);
        return password is not null && parameters.Read(password, ValueFormat.AsIs) is SecretValue { Secret: var secret } ? secret : null;
    }

    private string NameOf(string resource) => ManagedNames.Of($"{stack}-{resource}", MaxName);

    /// <summary>
    /// Another one where what CloudFormation cannot change is another: there cannot be two of a name, not while one takes the place of the
    /// other either.
    /// </summary>
    private string NodesNameOf(string resource, CacheNodes nodes) =>
        ManagedNames.Of(
            $"{stack}-{resource}-{(nodes.HasDisk ? "disks" : "nodes")}"
                + (network is ExistingNetwork existing ? $"-{ManagedNames.Hash(existing.VpcId)}" : ""),
            MaxName
        );
}
