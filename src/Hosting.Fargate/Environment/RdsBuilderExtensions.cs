using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Databases that AWS runs.</summary>
public static class RdsBuilderExtensions
{
    /// <summary>
    /// Has RDS run a database server where the model is published, in place of a container: PostgreSQL, MySQL or SQL Server Express with
    /// the password of the model, over TLS, encrypted, with backups of a week, and with a final snapshot where it is deleted. What refers
    /// to it or to a database of it is told the address and TLS, and nobody else reaches it. Databases of the model (<c>AddDatabase</c>)
    /// are made before any service needs them. Here it runs as before.
    /// </summary>
    /// <param name="builder">The server: what <c>AddPostgres</c>, <c>AddMySql</c> or <c>AddSqlServer</c> gave.</param>
    /// <param name="configure">Its size, version, backups and the like.</param>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsRds<T>(this IResourceBuilder<T> builder, Action<RelationalDatabase>? configure = null)
        where T : ContainerResource, IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new RelationalDatabase();
        configure?.Invoke(database);
        return builder.WithAnnotation(new RdsAnnotation(database), ResourceAnnotationMutationBehavior.Replace);
    }
}
