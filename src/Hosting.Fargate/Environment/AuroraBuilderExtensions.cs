using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Databases of Aurora.</summary>
public static class AuroraBuilderExtensions
{
    /// <summary>
    /// Has Aurora Serverless v2 run a database server where the model is published, in place of a container: PostgreSQL or MySQL with the
    /// password of the model, over TLS, encrypted, with backups of a week, and with a final snapshot where it is deleted. Its capacity
    /// follows what is asked of it, down to nothing where nobody is connected. Databases of the model (<c>AddDatabase</c>) are made before
    /// any service needs them. Here it runs as before.
    /// </summary>
    /// <param name="builder">The server: what <c>AddPostgres</c> or <c>AddMySql</c> gave.</param>
    /// <param name="configure">Its capacity, instances, version, backups and the like.</param>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsAurora<T>(this IResourceBuilder<T> builder, Action<AuroraDatabase>? configure = null)
        where T : ContainerResource, IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new AuroraDatabase();
        configure?.Invoke(database);
        return builder.WithAnnotation(new AuroraAnnotation(database), ResourceAnnotationMutationBehavior.Replace);
    }
}
