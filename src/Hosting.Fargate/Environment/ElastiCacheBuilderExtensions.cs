using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Caches that AWS runs.</summary>
public static class ElastiCacheBuilderExtensions
{
    /// <summary>
    /// Has ElastiCache Serverless run a Redis, Valkey or Garnet where the model is published, in place of a container: Valkey with TLS and
    /// the password of the model. What refers to it is told the address and TLS, and nobody else reaches it. It is a cluster, as
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SupportedCommands.html says: database 0 alone, and the keys of one command
    /// in one slot. Here it runs as before. <see cref="PublishAsElastiCacheNodes"/> is none.
    /// </summary>
    /// <param name="builder">The cache: what <c>AddRedis</c>, <c>AddValkey</c> or <c>AddGarnet</c> gave.</param>
    /// <param name="configure">Its limits, version and snapshots.</param>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsElastiCache<T>(this IResourceBuilder<T> builder, Action<ServerlessCache>? configure = null)
        where T : ContainerResource, IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        var cache = new ServerlessCache();
        configure?.Invoke(cache);
        return builder.WithAnnotation(new ElastiCacheAnnotation(cache), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>
    /// Has a node of ElastiCache, or several, run a Redis, Valkey or Garnet where the model is published, in place of a container: Valkey
    /// with TLS and the password of the model, billed by the hour. What refers to it is told the address and TLS, and nobody else reaches
    /// it. It is no cluster: there are the databases 0 to 15, and transactions and scripts over any keys. Here it runs as before.
    /// </summary>
    /// <param name="builder">The cache: what <c>AddRedis</c>, <c>AddValkey</c> or <c>AddGarnet</c> gave.</param>
    /// <param name="configure">Its size, replicas, version and snapshots.</param>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsElastiCacheNodes<T>(this IResourceBuilder<T> builder, Action<CacheNodes>? configure = null)
        where T : ContainerResource, IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        var nodes = new CacheNodes();
        configure?.Invoke(nodes);
        return builder.WithAnnotation(new ElastiCacheNodesAnnotation(nodes), ResourceAnnotationMutationBehavior.Replace);
    }
}
