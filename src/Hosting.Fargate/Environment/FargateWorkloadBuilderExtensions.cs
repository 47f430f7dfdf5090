using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>What a project or container is on ECS.</summary>
public static class FargateWorkloadBuilderExtensions
{
    /// <summary>
    /// Says how a project or container runs as a service of ECS. Without this it does so by the defaults. Called more than once, one
    /// call adds to the other.
    /// </summary>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsFargateService<T>(this IResourceBuilder<T> builder, Action<FargateService> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.WithAnnotation(new FargateServiceAnnotation(configure));
    }

    /// <summary>
    /// Publishes a project or container as a task that runs and ends: once in each deploy before any service takes a new version,
    /// such as a migration, or on a schedule. What it does must bear being done again.
    /// </summary>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsFargateTask<T>(this IResourceBuilder<T> builder, Action<FargateTask>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new FargateTaskAnnotation(configure ?? (_ => { })));
    }
}
