using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Hosting.Fargate.Application;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIREPIPELINES003 // Build options say which processor an image is for.

/// <summary>The processor of a task: by the options, else by the build options of its image, else x64.</summary>
internal static class ArchitectureReader
{
    public static async Task<Architecture> ReadAsync(
        PublishedResource resource,
        DistributedApplicationExecutionContext executionContext,
        Refusals refusals,
        CancellationToken cancellationToken
    )
    {
        ContainerTargetPlatforms? built = null;
        foreach (var (index, annotation) in resource.Resource.Annotations.OfType<ContainerBuildOptionsCallbackAnnotation>().Index())
        {
            var context = new ContainerBuildOptionsCallbackContext(
                resource.Resource,
                EmptyServices.Instance,
                NullLogger.Instance,
                cancellationToken,
                executionContext
            );
            await annotation.Callback(context);
            if (index == 0 && context.TargetPlatform == ContainerTargetPlatform.LinuxAmd64)
            {
                // What Aspire gives every project and Dockerfile first: nobody wrote it.
                continue;
            }

            built = context.TargetPlatform switch
            {
                ContainerTargetPlatform.LinuxArm64 => ContainerTargetPlatforms.Arm64,
                ContainerTargetPlatform.LinuxAmd64 => ContainerTargetPlatforms.X64,
                ContainerTargetPlatform.AllLinux => ContainerTargetPlatforms.Both,
                null => built,
                var other => RefusePlatform(other.Value),
            };
        }

        var wanted = resource.Options.Architecture;
        if (
            wanted is not null
            && built is ContainerTargetPlatforms.X64 or ContainerTargetPlatforms.Arm64
            && wanted.ToString() != built.ToString()
        )
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' wants Architecture = {wanted} and builds its image for {built} "
                    + "(WithContainerBuildOptions). Say the same in both."
            );
        }

        return wanted ?? (built is ContainerTargetPlatforms.Arm64 ? Architecture.Arm64 : Architecture.X64);

        ContainerTargetPlatforms? RefusePlatform(ContainerTargetPlatform platform)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' builds its image for {platform}, which Fargate does not run. Build for " + "LinuxAmd64 or LinuxArm64."
            );
            return null;
        }
    }

    private enum ContainerTargetPlatforms
    {
        X64,
        Arm64,
        Both,
    }

    /// <summary>Build options that ask for a service get none: publishing builds nothing.</summary>
    private sealed class EmptyServices : IServiceProvider
    {
        public static EmptyServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
