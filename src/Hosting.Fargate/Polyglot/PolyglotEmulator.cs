using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>The emulator of AWS, as AppHosts in other languages add it.</summary>
internal static class PolyglotEmulator
{
    /// <summary>
    /// Adds a .NET project that stands in for SQS and S3 when the application runs here: one that serves both on its http endpoint, and its
    /// health at <c>/health</c>. Published, the model does not have it.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Its name in the model.</param>
    /// <param name="projectPath">The path of its project file, from the AppHost's directory.</param>
    /// <param name="dataPath">Where it keeps queues and buckets, from the AppHost's directory.</param>
    [AspireExport]
    public static IResourceBuilder<ProjectResource> AddAwsEmulator(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string projectPath,
        string? dataPath = ".localaws"
    ) => builder.Emulate(name, dataPath, options => builder.AddProject(name, projectPath, options));
}
