using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Projects of Blazor WebAssembly that are hosted by nothing: on a laptop a development server serves them, and published they are files
/// for browsers, from which no container runs: https://learn.microsoft.com/aspnet/core/blazor/host-and-deploy/webassembly/.
/// </summary>
internal static partial class BrowserProjects
{
    /// <summary>What to write for one.</summary>
    public const string InPlace =
        "is Blazor WebAssembly on its own (Microsoft.NET.Sdk.BlazorWebAssembly): published it is files for browsers, which nothing here serves, "
        + "and it is left out. Have a project of ASP.NET Core serve it (app.UseBlazorFrameworkFiles(), app.MapFallbackToFile(\"index.html\")) and "
        + "make that one external, or give its folder a Dockerfile that serves its wwwroot: .PublishAsDockerFile().";

    public static bool IsOne(IResource resource) =>
        resource is ProjectResource
        && !resource.HasAnnotationOfType<DockerfileBuildAnnotation>()
        && resource.Annotations.OfType<IProjectMetadata>().LastOrDefault()?.ProjectPath is { } path
        && File.Exists(path)
        && Sdk().IsMatch(File.ReadAllText(path));

    [GeneratedRegex(@"Sdk\s*(?:Name\s*)?=\s*""Microsoft\.NET\.Sdk\.BlazorWebAssembly[/""]")]
    private static partial Regex Sdk();
}
