namespace Shop.AppHost;

/// <summary>
/// A front end of Node, as Aspire.Hosting.JavaScript models one. That package is not in every feed; with it, this file is
/// <c>builder.AddJavaScriptApp(name, folder)</c>.
/// </summary>
internal sealed class StorefrontResource(string name, string folder)
    : ExecutableResource(name, "node", folder),
        IResourceWithServiceDiscovery,
        IResourceWithContainerFiles;

internal static class StorefrontBuilderExtensions
{
    /// <summary>Adds a front end: its development server here, an image that holds what it builds where the model is published.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="folder">Its folder, counted from the AppHost's.</param>
    public static IResourceBuilder<StorefrontResource> AddStorefront(
        this IDistributedApplicationBuilder builder,
        string name,
        string folder
    )
    {
        var path = Path.GetFullPath(folder, builder.AppHostDirectory);
        return builder
            .AddResource(new StorefrontResource(name, path))
            .WithArgs("server.mjs")
            .WithHttpEndpoint(env: "PORT")
            .PublishAsDockerFile(image =>
            {
                image.WithDockerfileBuilder(path, context =>
                    context.Builder.From("node:22-slim", "build").WorkDir("/app").Copy(".", ".").Run("node build.mjs")
                );
                // It holds files and runs nothing.
                image.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Last().HasEntrypoint = false;
            })
            .WithContainerFilesSource("/app/dist");
    }
}
