using System.Text.Json;
using System.Xml.Linq;

namespace Hosting.Fargate.Tests.Build;

/// <summary>
/// Hosting.Fargate, packed from a feed that has the official packages. No such feed need be at hand: the polyfills, packed under the
/// official ids and versions, stand in. All of it is in a temporary folder, that of packages too, for no stand-in may get among the
/// packages of this machine; what else is needed comes from there.
/// </summary>
public sealed class PackedPackage : IDisposable
{
    private const string Project = "src/Hosting.Fargate/Hosting.Fargate.csproj";

    private readonly Lazy<Task<string>> _package;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packed-package-");

    public PackedPackage() => _package = new(PackAsync);

    /// <summary>Why it cannot be packed here; null where it can.</summary>
    public static string? SkipReason { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}official{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "The polyfills, which stand in for a feed of official packages, are not what this build used: set UseOfficialPackages=false."
            : null;

    /// <summary>The folder with the packages.</summary>
    public string Feed => Directory.CreateDirectory(PathOf("feed")).FullName;

    /// <summary>The package's file.</summary>
    public Task<string> FileAsync() => _package.Value;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>
    /// Properties with which a build takes packages from the feed and from those of this machine, and puts none among these.
    /// </summary>
    public IReadOnlyDictionary<string, string> RestoreProperties() =>
        new Dictionary<string, string>
        {
            ["RestoreSources"] = Feed,
            ["RestorePackagesPath"] = PathOf("packages"),
            ["RestoreFallbackFolders"] = PackagesOfThisMachine(),
            ["NuGetAudit"] = "false",
        };

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> PackAsync()
    {
        await PackStandInsAsync();
        // The package is of two projects, and each needs a folder of its own.
        await File.WriteAllTextAsync(
            PathOf("Outputs.props"),
            new XElement(
                "Project",
                new XElement(
                    "PropertyGroup",
                    new XElement("BaseIntermediateOutputPath", PathOf("obj/$(MSBuildProjectName)/")),
                    new XElement("BaseOutputPath", PathOf("bin/$(MSBuildProjectName)/"))
                )
            ).ToString()
        );
        var properties = RestoreProperties().Append(new("CustomAfterDirectoryBuildProps", PathOf("Outputs.props")));
        await SucceedAsync(
            [
                "pack",
                Project,
                "-c",
                Repository.Configuration,
                "-o",
                Feed,
                .. properties.Select(property => $"-p:{property.Key}={property.Value.Replace(";", "%3B", StringComparison.Ordinal)}"),
            ],
            ("UseOfficialPackages", "true")
        );
        return Assert.Single(Directory.GetFiles(Feed, "AspireOnFargate.Hosting.Fargate.*.nupkg"));
    }

    /// <summary>Packs the polyfills from what the build of these tests made of them.</summary>
    private async Task PackStandInsAsync()
    {
        var polyfills = PackageDeclarations.PolyfillsOf(Project);
        await File.WriteAllTextAsync(
            PathOf("StandIn.targets"),
            new XElement(
                "Project",
                new XElement(
                    "PropertyGroup",
                    new XElement("IsPackable", "true"),
                    new XElement("PackageReadmeFile"),
                    new XElement("PackageOutputPath", Feed),
                    new XElement("NuspecOutputPath", PathOf("nuspec/")),
                    polyfills
                        .Where(PackageDeclarations.Versions.ContainsKey)
                        .Select(id => new XElement(
                            "PackageVersion",
                            new XAttribute("Condition", $"'$(MSBuildProjectName)' == '{id}'"),
                            PackageDeclarations.Versions[id]
                        ))
                )
            ).ToString()
        );
        await File.WriteAllTextAsync(
            PathOf("StandIns.proj"),
            new XElement(
                "Project",
                new XElement(
                    "Target",
                    new XAttribute("Name", "Pack"),
                    new XElement(
                        "MSBuild",
                        new XAttribute(
                            "Projects",
                            string.Join(';', polyfills.Select(id => Repository.PathOf(PackageDeclarations.ProjectOf(id))))
                        ),
                        new XAttribute("Targets", "Pack"),
                        new XAttribute(
                            "Properties",
                            $"NoBuild=true;Configuration={Repository.Configuration};CustomAfterMicrosoftCommonTargets={PathOf("StandIn.targets")}"
                        )
                    )
                )
            ).ToString()
        );
        await SucceedAsync(["msbuild", PathOf("StandIns.proj"), "-t:Pack", "-nologo"]);
    }

    private static async Task SucceedAsync(string[] arguments, params (string, string?)[] environment)
    {
        var (exitCode, output) = await Repository.DotnetAsync(arguments, environment);
        Assert.True(exitCode == 0, output);
    }

    private static string PackagesOfThisMachine()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src/Hosting.Fargate/obj/project.assets.json")));
        return string.Join(';', assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name));
    }
}
