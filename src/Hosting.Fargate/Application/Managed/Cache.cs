namespace Hosting.Fargate.Application;

/// <summary>A cache of the model that ElastiCache runs: a serverless one, one of nodes, or one that exists.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="CacheName">Its name on AWS, and that of its user: 40 letters, digits and hyphens at the most.</param>
/// <param name="Password">The password of its one user; null where it wants none.</param>
internal sealed record Cache(string Name, string CacheName, SecretSpec? Password)
{
    /// <summary>What CloudFormation calls caches of ElastiCache Serverless.</summary>
    public const string ServerlessType = "AWS::ElastiCache::ServerlessCache";

    /// <summary>What CloudFormation calls caches of nodes.</summary>
    public const string NodesType = "AWS::ElastiCache::ReplicationGroup";

    /// <summary>With what the logical ids of serverless caches end.</summary>
    public const string Suffix = "Cache";

    /// <summary>With what the logical ids of caches of nodes end: CloudFormation takes no other type for an id that it knows.</summary>
    public const string NodesSuffix = "CacheNodes";

    /// <summary>Where it listens: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/set-up.html.</summary>
    public const int Port = 6379;

    /// <summary>Where readers of a serverless one find it too.</summary>
    public const int ReaderPort = 6380;

    /// <summary>Where this one listens.</summary>
    public int OwnPort => Existing?.Port ?? Port;

    /// <summary>The limits of a serverless one; null for any other.</summary>
    public ServerlessCache? Serverless { get; init; }

    /// <summary>The size of one of nodes; null for any other.</summary>
    public CacheNodes? Nodes { get; init; }

    /// <summary>What one of nodes is called on AWS, and the subnets that it may be in; null for any other.</summary>
    public string? NodesName { get; init; }

    /// <summary>Where it is, where it exists; null for one that is made.</summary>
    public ExistingServer? Existing { get; init; }

    public string Id => Names.Id(Name);

    /// <summary>The method of the model that says so.</summary>
    public string Method => Nodes is null ? "PublishAsElastiCache" : "PublishAsElastiCacheNodes";

    public string Type => Nodes is null ? ServerlessType : NodesType;

    /// <summary>The logical id of the cache itself.</summary>
    public string ResourceId => Nodes is null ? SharedId : $"{Id}{NodesSuffix}";

    /// <summary>With what the logical ids of its user and its security group begin, which stay where it becomes one of nodes.</summary>
    public string SharedId => $"{Id}{Suffix}";

    /// <summary>
    /// The name under which it is reached. Of nodes that of the one that takes writes, whichever it is; for readers that of all others:
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html.
    /// </summary>
    public ServerAddress AddressOf(bool isReader) =>
        new(ResourceId, Existing?.Host)
        {
            Attribute =
                Nodes is null ? ServerAddress.Endpoint
                : isReader ? "ReaderEndPoint.Address"
                : "PrimaryEndPoint.Address",
        };

    /// <summary>
    /// What the names of single nodes end in, by which metrics are found:
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Endpoints.html.
    /// </summary>
    public IEnumerable<string> NodeSuffixes => Enumerable.Range(1, Nodes?.Count ?? 0).Select(number => $"-{number:000}");
}

/// <summary>A service or task that uses a cache, and the line of the model that says so.</summary>
internal sealed record CacheConnection(string Workload, Cache Cache, string Reason);
