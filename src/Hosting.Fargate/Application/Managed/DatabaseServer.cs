using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Application;

/// <summary>A database server of the model that RDS runs.</summary>
internal sealed partial record DatabaseServer
{
    /// <summary>With what the logical ids of instances of RDS end.</summary>
    public const string Suffix = "Database";

    /// <summary>With what the logical ids of clusters of Aurora end.</summary>
    public const string AuroraSuffix = "Aurora";

    /// <summary>Its name in the model.</summary>
    public required string Name { get; init; }

    public required DatabaseEngine Engine { get; init; }

    /// <summary>The version of the engine: <c>17</c>, <c>17.6</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The name of its first user, which may do all that RDS lets anybody do.</summary>
    public required Value UserName { get; init; }

    /// <summary>The password of its first user.</summary>
    public required SecretSpec Password { get; init; }

    /// <summary>The database that RDS makes with it; null for none.</summary>
    public string? InitialDatabase { get; init; }

    /// <summary>The databases of the model, in its order.</summary>
    public ImmutableArray<AddedDatabase> Databases { get; init; } = [];

    /// <summary>Its replicas, in the model's order.</summary>
    public ImmutableArray<DatabaseReplica> Replicas { get; init; } = [];

    /// <summary>Its version, backups and the like.</summary>
    public required ManagedDatabase Options { get; init; }

    /// <summary>The size of an instance of RDS; null for a cluster of Aurora.</summary>
    public RelationalDatabase? Rds => Options as RelationalDatabase;

    /// <summary>The capacity of a cluster of Aurora; null for an instance of RDS.</summary>
    public AuroraDatabase? Aurora => Options as AuroraDatabase;

    /// <summary>Where it is, where it exists; null for one that is made.</summary>
    public ExistingServer? Existing { get; init; }

    /// <summary>The user's name in the model's own expressions, where the server has another; null where they are the same.</summary>
    public string? ModelUser { get; init; }

    public int Port => Existing?.Port ?? Engine.Port;

    public string Id => Names.Id(Name);

    /// <summary>The logical id of the instance or cluster; those of all that it brings begin with it.</summary>
    public string ResourceId => Names.Id(Name) + (Aurora is null ? Suffix : AuroraSuffix);

    public string InstanceClass => Aurora is null ? Rds?.InstanceClass ?? Engine.DefaultClass : "db.serverless";

    /// <summary>The logical ids of a cluster's instances; none for an instance of RDS.</summary>
    public IEnumerable<string> InstanceIds => Enumerable.Range(1, Aurora?.Instances ?? 0).Select(number => $"{ResourceId}Instance{number}");

    /// <summary>The size of a replica.</summary>
    public string ClassOf(DatabaseReplica replica) => replica.InstanceClass ?? InstanceClass;

    /// <summary>The name under which it is reached; of a replica that of it.</summary>
    public ServerAddress AddressOf(DatabaseReplica? replica) =>
        replica is null ? new(ResourceId, Existing?.Host)
        : Aurora is null ? new(replica.ResourceId)
        : new(ResourceId) { Attribute = "ReadEndpoint.Address" };

    public string MajorVersion => Engine.MajorOf(Version);

    /// <summary>
    /// The databases that a task makes, since RDS makes one at the most, and that without a script; all that have a user of their own.
    /// </summary>
    public IEnumerable<AddedDatabase> MadeByTask =>
        Databases.Where(database =>
            database.User is not null
            || database.Name != InitialDatabase && !Engine.OwnDatabases.Contains(database.Name, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Whether its databases have users of their own.</summary>
    public bool HasOwnUsers => Databases.Any(database => database.User is not null);

    /// <summary>The logical ids that a server of a name may have, as an instance and as a cluster.</summary>
    public static IEnumerable<string> ResourceIdsOf(string name) => [Names.Id(name) + Suffix, Names.Id(name) + AuroraSuffix];

    /// <summary>Whether a logical id is that of a cluster's instance, which holds no data of its own.</summary>
    public static bool IsOfCluster(string id) => InstanceOfCluster().IsMatch(id);

    [GeneratedRegex(AuroraSuffix + @"Instance[0-9]+\z")]
    private static partial Regex InstanceOfCluster();
}

/// <summary>A database that the model adds to a server (<c>AddDatabase</c>).</summary>
/// <param name="Resource">The resource of the model.</param>
/// <param name="Name">What it is called in the server.</param>
/// <param name="Script">What makes it, in place of <c>CREATE DATABASE</c> (<c>WithCreationScript</c>); null for that.</param>
internal sealed record AddedDatabase(string Resource, string Name, string? Script)
{
    /// <summary>The user that owns it; null where all have the server's first one.</summary>
    public DatabaseUser? User { get; init; }
}

/// <summary>A user that may do all in one database, and nothing in another.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Password">Its password, which deploy makes up: letters and digits.</param>
internal sealed record DatabaseUser(string Name, SecretSpec Password);

/// <summary>A service or task that uses a database server, and the line of the model that says so.</summary>
internal sealed record DatabaseConnection(string Workload, DatabaseServer Server, string Reason)
{
    /// <summary>The replica that it uses; null for the server itself.</summary>
    public DatabaseReplica? Replica { get; init; }

    /// <summary>The logical id of what is called: the instances of a cluster have one security group.</summary>
    public string CalledId => Replica is { } replica && Server.Aurora is null ? replica.ResourceId : Server.ResourceId;

    /// <summary>What is called, as the model calls it.</summary>
    public string CalledName => Replica?.Name ?? Server.Name;
}
