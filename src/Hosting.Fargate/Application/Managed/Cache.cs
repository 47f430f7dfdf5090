namespace Hosting.Fargate.Application;

/// <summary>A cache of the model that ElastiCache Serverless runs.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="CacheName">Its name on AWS: 40 letters, digits and hyphens at the most.</param>
/// <param name="Password">The password of its one user; null where it wants none.</param>
/// <param name="Options">Its limits, version and snapshots.</param>
internal sealed record Cache(string Name, string CacheName, SecretSpec? Password, ServerlessCache Options)
{
    /// <summary>Where it listens: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/set-up.html; readers have the port after it.</summary>
    public const int Port = 6379;

    public const int ReaderPort = 6380;

    /// <summary>Where this one listens.</summary>
    public int OwnPort => Existing?.Port ?? Port;

    /// <summary>Where it is, where it exists; null for one that is made.</summary>
    public ExistingServer? Existing { get; init; }

    public string Id => Names.Id(Name);

    /// <summary>The logical id of the cache itself; those of its user and its security group begin with it.</summary>
    public string ResourceId => $"{Id}Cache";
}

/// <summary>A service or task that uses a cache, and the line of the model that says so.</summary>
internal sealed record CacheConnection(string Workload, Cache Cache, string Reason);
