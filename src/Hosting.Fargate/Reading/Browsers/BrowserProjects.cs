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
    private const string Sdk = "Microsoft.NET.Sdk.BlazorWebAssembly";

    /// <summary>What to write for one.</summary>
    public const string InPlace =
        "is Blazor WebAssembly on its own (Microsoft.NET.Sdk.BlazorWebAssembly): published it is files for browsers, which nothing here serves, "
        + "and it is left out. Have a project of ASP.NET Core serve it (app.UseBlazorFrameworkFiles(), app.MapFallbackToFile(\"index.html\")) and "
        + "make that one external, or give its folder a Dockerfile that serves its wwwroot: .PublishAsDockerFile().";

    public static bool IsOne(IResource resource) =>
        resource is ProjectResource
        && !resource.HasAnnotationOfType<DockerfileBuildAnnotation>()
        && resource.Annotations.OfType<IProjectMetadata>().LastOrDefault()?.ProjectPath is { } path
        && IsOne(path);

    /// <summary>
    /// Whether a variable may be what a project that hosts Blazor WebAssembly gives its pages: by its name the address of an API, of which
    /// code in a browser is told by its host: https://learn.microsoft.com/aspnet/core/blazor/fundamentals/configuration.
    /// </summary>
    public static bool HandsOn(ValueUse use) =>
        use.Variable is { } variable
        && AddressOfApi().IsMatch(variable.Replace("_", "", StringComparison.Ordinal))
        && Hosts(use.Resource.Resource);

    private static bool Hosts(IResource resource) =>
        resource is ProjectResource
        && resource.Annotations.OfType<IProjectMetadata>().LastOrDefault()?.ProjectPath is { } path
        && ProjectFile.Read(path) is { } project
        && (project.Packages.Contains("Microsoft.AspNetCore.Components.WebAssembly.Server") || project.References.Any(IsOne));

    private static bool IsOne(string path) =>
        ProjectFile.Read(path, having: Sdk) is { } project && project.Sdks.Contains(Sdk, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?:base|api|gateway|backend|server|service|hub|graphql)(?:url|uri|address|endpoint)\z", RegexOptions.IgnoreCase)]
    private static partial Regex AddressOfApi();
}
