using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Brokers that AWS runs.</summary>
public static class AmazonMqBuilderExtensions
{
    /// <summary>
    /// Has Amazon MQ run a RabbitMQ where the model is published, in place of a container: over TLS (<c>amqps</c>), with the user and the
    /// password of the model, reached by those that refer to it alone. Here it runs as before.
    /// </summary>
    /// <param name="builder">The broker: what <c>AddRabbitMQ</c> gave.</param>
    /// <param name="configure">Its size and version, and whether it is a cluster.</param>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsAmazonMq<T>(this IResourceBuilder<T> builder, Action<MessageBroker>? configure = null)
        where T : ContainerResource, IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        var broker = new MessageBroker();
        configure?.Invoke(broker);
        return builder.WithAnnotation(new AmazonMqAnnotation(broker), ResourceAnnotationMutationBehavior.Replace);
    }
}
