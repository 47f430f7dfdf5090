using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Replicas of databases and caches, for those that only read.</summary>
public static class ReadReplicaBuilderExtensions
{
    /// <summary>
    /// Adds a replica of a database, or of a cache, to refer to by <c>WithReference</c> for those that only read. Here it is the same
    /// server, and nothing starts. Published, of RDS it is an instance of its own that follows the first, of Aurora the endpoint of the
    /// instances that read (<c>database.Instances = 2</c>), of ElastiCache the endpoint for readers. What it reads may be a little behind:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html.
    /// </summary>
    /// <param name="builder">A database (<c>AddDatabase</c>), its server, or a cache.</param>
    /// <param name="name">Its name in the model.</param>
    /// <param name="configure">Its size.</param>
    /// <exception cref="ArgumentException">It is a replica already.</exception>
    [AspireExport(RunSyncOnBackgroundThread = true)]
    public static IResourceBuilder<ReadReplicaResource> AddReadReplica<T>(
        this IResourceBuilder<T> builder,
        [ResourceName] string name,
        Action<ReadReplica>? configure = null
    )
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Resource is ReadReplicaResource)
        {
            throw new ArgumentException(
                $"'{builder.Resource.Name}' is a replica itself. Add another to what it is a replica of.",
                nameof(builder)
            );
        }

        var options = new ReadReplica();
        configure?.Invoke(options);
        return builder.ApplicationBuilder.AddResource(
            new ReadReplicaResource(name, builder.Resource, options, builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        );
    }
}
