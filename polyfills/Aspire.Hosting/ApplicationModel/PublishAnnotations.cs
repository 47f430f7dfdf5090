using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says what a manifest holds of a resource.</summary>
public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    public ManifestPublishingCallbackAnnotation(Action<ManifestPublishingContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Creates the annotation.</summary>
    public ManifestPublishingCallbackAnnotation(Func<ManifestPublishingContext, Task>? callback) => Callback = callback;

    /// <summary>Nothing: the resource is left out of what is published.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new((Func<ManifestPublishingContext, Task>?)null);

    /// <summary>Writes the resource; null leaves it out.</summary>
    public Func<ManifestPublishingContext, Task>? Callback { get; }
}

/// <summary>Says how the image of a resource is built.</summary>
[Experimental("ASPIREPIPELINES003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class ContainerBuildOptionsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    public ContainerBuildOptionsCallbackAnnotation(Func<ContainerBuildOptionsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Creates the annotation.</summary>
    public ContainerBuildOptionsCallbackAnnotation(Action<ContainerBuildOptionsCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Says how.</summary>
    public Func<ContainerBuildOptionsCallbackContext, Task> Callback { get; }
}

/// <summary>Takes how an image is built.</summary>
[Experimental("ASPIREPIPELINES003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class ContainerBuildOptionsCallbackContext(
    IResource resource,
    IServiceProvider services,
    ILogger logger,
    CancellationToken cancellationToken,
    DistributedApplicationExecutionContext? executionContext)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>Where problems go.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>Cancels the build.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; } = executionContext;

    /// <summary>The directory of an archive.</summary>
    public string? OutputPath { get; set; }

    /// <summary>How its layers are written.</summary>
    public ContainerImageFormat? ImageFormat { get; set; }

    /// <summary>What it runs on.</summary>
    public ContainerTargetPlatform? TargetPlatform { get; set; }

    /// <summary>Where it goes.</summary>
    public ContainerImageDestination? Destination { get; set; }

    /// <summary>Its name here.</summary>
    public string? LocalImageName { get; set; }

    /// <summary>Its tag here.</summary>
    public string? LocalImageTag { get; set; }
}

/// <summary>Refers to the image of a resource.</summary>
public class ContainerImageReference(IResource resource) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Resource.Name}.containerImage}}";

    /// <inheritdoc/>
    public IEnumerable<object> References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        Resource.TryGetContainerImageName(out var image)
            ? new(image)
            : throw new InvalidOperationException($"The resource '{Resource.Name}' has no container image.");
}
