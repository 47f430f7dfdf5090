using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>Whether what is published leaves the resource out.</summary>
    public static bool IsExcludedFromPublish(this IResource resource) =>
        resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation)
        && annotation == ManifestPublishingCallbackAnnotation.Ignore;

    /// <summary>The name of the resource's image; that of the built one where it is built.</summary>
    public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName) =>
        resource.TryGetContainerImageName(useBuiltImage: true, out imageName);

    /// <summary>The name of the resource's image.</summary>
    public static bool TryGetContainerImageName(this IResource resource, bool useBuiltImage, [NotNullWhen(true)] out string? imageName)
    {
        imageName = null;
        if (useBuiltImage && resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) && !string.IsNullOrEmpty(build.ImageName))
        {
            imageName = build.ImageName + Suffix(":", build.ImageTag);
        }
        else if (resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            var registry = string.IsNullOrEmpty(image.Registry) ? "" : image.Registry + "/";
            imageName = registry + image.Image + (string.IsNullOrEmpty(image.SHA256) ? Suffix(":", image.Tag) : $"@sha256:{image.SHA256}");
        }

        return imageName is not null;

        static string Suffix(string separator, string? part) => string.IsNullOrEmpty(part) ? "" : separator + part;
    }

    /// <summary>Whether an image of the resource is built.</summary>
    public static bool RequiresImageBuild(this IResource resource) => !resource.IsExcludedFromPublish()
        && (resource is ProjectResource || resource.HasAnnotationOfType<DockerfileBuildAnnotation>());

    /// <summary>Whether an image of the resource is built and pushed: one that only others take files from is not.</summary>
    public static bool RequiresImageBuildAndPush(this IResource resource) =>
        resource.RequiresImageBuild() && !resource.IsBuildOnlyContainer();

    /// <summary>The compute environment that the resource is bound to.</summary>
    public static IComputeEnvironmentResource? GetComputeEnvironment(this IResource resource) =>
        resource.TryGetLastAnnotation<ComputeEnvironmentAnnotation>(out var annotation) ? annotation.ComputeEnvironment : null;

    /// <summary>Where the resource goes; null where it does not go to <paramref name="targetComputeEnvironment"/>.</summary>
    /// <exception cref="InvalidOperationException">Several environments take it, and it is bound to none.</exception>
    public static DeploymentTargetAnnotation? GetDeploymentTargetAnnotation(
        this IResource resource, IComputeEnvironmentResource? targetComputeEnvironment = null)
    {
        var bound = resource.GetComputeEnvironment();
        if (bound is not null && targetComputeEnvironment is not null && bound != targetComputeEnvironment)
        {
            return null;
        }

        var targets = resource.Annotations.OfType<DeploymentTargetAnnotation>().ToList();
        if (bound is not null)
        {
            return targets.SingleOrDefault(target => target.ComputeEnvironment == bound);
        }

        if (targets.Count > 1)
        {
            var environments = string.Join(", ", targets.Select(target => target.ComputeEnvironment?.Name));
            throw new InvalidOperationException($"Resource '{resource.Name}' has multiple compute environments - '{environments}'. "
                + "Please specify a single compute environment using 'WithComputeEnvironment'.");
        }

        return targets is [var only] && (targetComputeEnvironment is null || only.ComputeEnvironment == targetComputeEnvironment) ? only : null;
    }

    internal static bool IsBuildOnlyContainer(this IResource resource) =>
        resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) && !build.HasEntrypoint;
}

/// <summary>Reads a model.</summary>
public static class DistributedApplicationModelExtensions
{
    /// <summary>What is deployed to compute environments: containers that run, and projects. Executables are not.</summary>
    public static IEnumerable<IResource> GetComputeResources(this DistributedApplicationModel model) => model.Resources
        .Where(resource => !resource.IsExcludedFromPublish() && !resource.IsBuildOnlyContainer()
            && (resource.IsContainer() || resource is ProjectResource));

    /// <summary>What an image is built of.</summary>
    public static IEnumerable<IResource> GetBuildResources(this DistributedApplicationModel model) =>
        model.Resources.Where(resource => resource.RequiresImageBuild());

    /// <summary>What an image is built of and pushed.</summary>
    public static IEnumerable<IResource> GetBuildAndPushResources(this DistributedApplicationModel model) =>
        model.Resources.Where(resource => resource.RequiresImageBuildAndPush());
}
