using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>A database, cache or broker of an application, which AWS runs.</summary>
internal sealed record ManagedStatus
{
    /// <summary>What the model calls it, as a logical id: <c>Pg</c> of <c>pg</c>.</summary>
    public required string ModelId { get; init; }

    /// <summary>Its type in CloudFormation.</summary>
    public required string Type { get; init; }

    /// <summary>What AWS calls it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Its state, as the service spells it (<c>available</c>), or as CloudFormation does where the service may not be asked.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Version and size; null where the service may not be asked.</summary>
    public string? Detail { get; init; }

    /// <summary>Its name in the model, where the model has it still.</summary>
    public string? ModelName { get; init; }

    /// <summary>Whether it is a replica of a database.</summary>
    public bool IsReplica { get; init; }

    /// <summary>What it is, for people.</summary>
    public string What => IsReplica ? "a replica of a database of RDS" : KnownTypes[Type].What;

    /// <summary>The types, with what their logical ids end in and what they are.</summary>
    public static IReadOnlyDictionary<string, (string Suffix, string What)> KnownTypes { get; } =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [DatabaseTypes.Instance] = (DatabaseServer.Suffix, "a database of RDS"),
            [DatabaseTypes.Cluster] = (DatabaseServer.AuroraSuffix, "a database of Aurora"),
            [Broker.Type] = (Broker.Suffix, "a broker of Amazon MQ"),
            [Cache.ServerlessType] = (Cache.Suffix, "a cache of ElastiCache"),
            [Cache.NodesType] = (Cache.NodesSuffix, "a cache of ElastiCache"),
        };
}
