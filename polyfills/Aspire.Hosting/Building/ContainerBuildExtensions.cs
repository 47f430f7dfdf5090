using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>Says how the image of a resource is built.</summary>
    [Experimental("ASPIREPIPELINES003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<T> WithContainerBuildOptions<T>(
        this IResourceBuilder<T> builder, Action<ContainerBuildOptionsCallbackContext> callback)
        where T : IResource, IComputeResource => builder.WithAnnotation(new ContainerBuildOptionsCallbackAnnotation(callback));

    /// <summary>Says how the image of a resource is built.</summary>
    [Experimental("ASPIREPIPELINES003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<T> WithContainerBuildOptions<T>(
        this IResourceBuilder<T> builder, Func<ContainerBuildOptionsCallbackContext, Task> callback)
        where T : IResource, IComputeResource => builder.WithAnnotation(new ContainerBuildOptionsCallbackAnnotation(callback));
}
