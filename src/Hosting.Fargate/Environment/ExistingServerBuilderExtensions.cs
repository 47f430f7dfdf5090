using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Databases, caches and brokers that exist.</summary>
public static class ExistingServerBuilderExtensions
{
    /// <summary>
    /// Has a database server or cache that exists stand in for the one of the model where it is published. Nothing is made of it: what
    /// refers to it is told its address, with TLS, and has a rule in its security group. Its databases have to be there. It is in the
    /// network of the tasks, which exists too (<c>WithExistingVpc</c>). Here it runs in a container as before.
    /// </summary>
    /// <param name="builder">What <c>AddPostgres</c>, <c>AddMySql</c>, <c>AddSqlServer</c>, <c>AddRedis</c>, <c>AddValkey</c>,
    /// <c>AddGarnet</c> or <c>AddRabbitMQ</c> gave.</param>
    /// <param name="host">The name under which it is reached, without port.</param>
    /// <param name="securityGroupId">The security group that it is in.</param>
    /// <param name="configure">Its port, its user, the secret with its password, and whether it has TLS.</param>
    /// <exception cref="ArgumentException">No name of a host, or no security group.</exception>
    [AspireExport("useExistingServer", RunSyncOnBackgroundThread = true)]
    public static IResourceBuilder<T> UseExisting<T>(
        this IResourceBuilder<T> builder,
        string host,
        string securityGroupId,
        Action<ExistingServer>? configure = null
    )
        where T : ContainerResource, IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(securityGroupId);
        var server = new ExistingServer(host, securityGroupId);
        configure?.Invoke(server);
        return builder.WithAnnotation(new ExistingServerAnnotation(server), ResourceAnnotationMutationBehavior.Replace);
    }
}
