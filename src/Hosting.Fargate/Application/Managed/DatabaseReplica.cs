namespace Hosting.Fargate.Application;

/// <summary>A replica of a server, for those that only read: an instance of RDS of its own, or the instances of Aurora that read.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="InstanceClass">Its size, where it is not that of the server; null for that.</param>
internal sealed record DatabaseReplica(string Name, string? InstanceClass)
{
    /// <summary>With what the logical ids of replicas of RDS end.</summary>
    public const string Suffix = "Replica";

    public string Id => Names.Id(Name);

    /// <summary>The logical id of its instance; those of all that it brings begin with it.</summary>
    public string ResourceId => $"{Id}{Suffix}";

    /// <summary>Whether a logical id is that of a replica, which holds no data of its own.</summary>
    public static bool Is(string id) => id.EndsWith(Suffix, StringComparison.Ordinal);
}
