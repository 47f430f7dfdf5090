using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Replicas of a model (<c>AddReadReplica</c>): of which server each is, and of what there can be none.</summary>
internal static class ReplicaReader
{
    /// <summary>The replicas of a server and of its databases, in the model's order.</summary>
    public static IEnumerable<ReadReplicaResource> Of(DistributedApplicationModel model, IResource server) =>
        model
            .Resources.OfType<ReadReplicaResource>()
            .Where(replica => ResourceNames.Comparer.Equals(replica.Server, server) && !replica.IsExcludedFromPublish());

    /// <summary>What a replica is of, which its expressions are those of; anything else itself.</summary>
    public static IResource SourceOf(IResource resource) => resource is ReadReplicaResource { Source: var source } ? source : resource;

    /// <summary>Why there is no replica of a resource on AWS, in a sentence or two.</summary>
    public static IEnumerable<string> ProblemsOf(ReadReplicaResource replica, ManagedServers managed)
    {
        var server = replica.Server;
        var problem = managed.Databases.Has(server)
            ? managed.Databases.IsMade(server)
                ? null
                : Existing
            : managed.Caches.Has(server)
                ? ProblemOf(server, replica.Options, managed.Caches.Of(server))
                : "which is neither a database of RDS or Aurora nor a cache of ElastiCache where the model is published. Make it one, or give "
                    + $"those that read '{replica.Source.Name}' itself.";
        return problem is not null ? [$"'{replica.Name}' is a replica (AddReadReplica) of '{server.Name}', {problem}"]
            : managed.Databases.Has(server) ? managed.Databases.ProblemsOf(replica)
            : [];
    }

    private static string? ProblemOf(IResource resource, ReadReplica options, Cache cache) =>
        cache.Existing is not null ? Existing
        : cache.Nodes is not { } nodes
            ? "a cache without nodes to read from. Make it one of nodes, with replicas: PublishAsElastiCacheNodes(cache => cache.Replicas = 1), or give "
                + $"those that read '{resource.Name}' itself."
        : nodes.Replicas == 0
            ? "a cache of one node, which writes. Give it another: PublishAsElastiCacheNodes(cache => cache.Replicas = 1)."
        : options.InstanceClass is not null ? "a cache, whose nodes all have its NodeType. Take InstanceClass away."
        : null;

    private const string Existing = "which exists (UseExisting). Refer to a replica of it by AddConnectionString.";
}
