using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container whose image is built from a Dockerfile.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="contextPath">The directory that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfilePath">The Dockerfile, relative to <paramref name="contextPath"/>; <c>Dockerfile</c> where null.</param>
    /// <param name="stage">The stage to build; the last where null.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfile(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, string? dockerfilePath = null, string? stage = null) =>
        builder.AddContainer(name, name.ToLowerInvariant()).WithDockerfile(contextPath, dockerfilePath, stage);

    /// <summary>Builds the image from a Dockerfile.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="contextPath">The directory that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfilePath">The Dockerfile, relative to <paramref name="contextPath"/>; <c>Dockerfile</c> where null.</param>
    /// <param name="stage">The stage to build; the last where null.</param>
    public static IResourceBuilder<T> WithDockerfile<T>(
        this IResourceBuilder<T> builder, string contextPath, string? dockerfilePath = null, string? stage = null) where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(contextPath);
        var context = Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory);
        var image = builder.Resource.Name.ToLowerInvariant();
        var build = new DockerfileBuildAnnotation(context, Path.GetFullPath(dockerfilePath ?? "Dockerfile", context), stage)
        {
            ImageName = image,
            ImageTag = "latest",
        };
        if (!builder.Resource.HasAnnotationOfType<ContainerImageAnnotation>())
        {
            builder.WithImage(image);
        }

        return builder.WithAnnotation(build, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Gives the build an argument.</summary>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value) where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Build(nameof(WithBuildArg)).BuildArguments[name] = value;
        return builder;
    }

    /// <summary>Gives the build an argument.</summary>
    /// <exception cref="InvalidOperationException">The parameter is a secret: arguments stay in the image.</exception>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Resource.Secret
            ? throw new InvalidOperationException(
                $"The parameter '{value.Resource.Name}' is a secret, and build arguments stay in the image. Use {nameof(WithBuildSecret)} instead.")
            : builder.WithBuildArg(name, (object)value.Resource);
    }

    /// <summary>Gives the build a secret.</summary>
    public static IResourceBuilder<T> WithBuildSecret<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        builder.Build(nameof(WithBuildSecret)).BuildSecrets[name] = value.Resource;
        return builder;
    }

    private static DockerfileBuildAnnotation Build<T>(this IResourceBuilder<T> builder, string method) where T : ContainerResource =>
        builder.Resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) ? build : throw new InvalidOperationException(
            $"The resource '{builder.Resource.Name}' does not have a Dockerfile build annotation. Call WithDockerfile before {method}.");
}
