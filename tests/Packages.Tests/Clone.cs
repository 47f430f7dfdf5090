using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>
/// What a fresh clone has of the choice of packages, in a temporary folder: the build's own files as they are, each polyfill as an empty
/// project, and an application that references one of the packages. It has a folder of packages of its own.
/// </summary>
internal sealed class Clone : IDisposable
{
    public const string Package = "AWSSDK.ECS";

    private static readonly string s_repository = FindRepository();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packages-");

    private Clone() { }

    /// <summary>The packages that have a polyfill, and their versions.</summary>
    public static IReadOnlyDictionary<string, string> Packages { get; } = ReadPackages();

    public string PathOf(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>Whether anything was asked of the feed and kept.</summary>
    public string[] Answers =>
        Directory.Exists(PathOf("polyfills/Official/obj")) ? Directory.GetFileSystemEntries(PathOf("polyfills/Official/obj")) : [];

    public static async Task<Clone> CreateAsync(string feed)
    {
        var clone = new Clone();
        foreach (
            var file in (string[])
                [
                    "Directory.Build.props",
                    "Directory.Build.targets",
                    "Directory.Packages.props",
                    "Directory.Solution.targets",
                    "polyfills/Directory.Build.props",
                    .. Directory
                        .GetFiles(Path.Combine(s_repository, "polyfills/Official"))
                        .Select(path => "polyfills/Official/" + Path.GetFileName(path)),
                ]
        )
        {
            await clone.WriteAsync(file, await File.ReadAllTextAsync(Path.Combine(s_repository, file)));
        }

        foreach (var id in Packages.Keys)
        {
            await clone.WriteAsync($"polyfills/{id}/{id}.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        }

        await clone.WriteAsync(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{(
                feed.Contains("://", StringComparison.Ordinal) ? feed : clone.PathOf(feed)
            )}" /></packageSources>
            </configuration>
            """
        );
        await clone.WriteAsync(
            "src/App/App.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost></PropertyGroup>
              <ItemGroup><PackageReference Include="{Package}" /></ItemGroup>
            </Project>
            """
        );
        await clone.WriteAsync("src/App/Program.cs", "System.Console.WriteLine(System.AppContext.BaseDirectory);");
        await clone.WriteAsync("App.slnx", """<Solution><Project Path="src/App/App.csproj" /></Solution>""");
        return clone;
    }

    /// <summary>Runs <c>dotnet</c> in the clone, which has to succeed, and gives what it printed.</summary>
    /// <param name="arguments">Its arguments, parted by blanks.</param>
    /// <param name="useOfficialPackages">The variable of that name.</param>
    /// <param name="patience">The milliseconds for which a feed is asked, where not the usual ones.</param>
    public async Task<string> DotnetAsync(string arguments, string? useOfficialPackages = null, string? patience = null)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true };
        start.Environment["UseOfficialPackages"] = useOfficialPackages;
        start.Environment["NUGET_PACKAGES"] = PathOf("packages");
        start.Environment["OfficialPackagesPatience"] = patience;
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            Assert.True(process.ExitCode == 0, output);
            return output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>What the application's restore made of the package: a `package`, or a `project`.</summary>
    /// <param name="obj">The application's obj folder.</param>
    public async Task<string> KindAsync(string obj)
    {
        using var assets = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf($"src/App/{obj}/project.assets.json")));
        return assets
            .RootElement.GetProperty("libraries")
            .EnumerateObject()
            .Single(library => library.Name.StartsWith(Package + "/", StringComparison.Ordinal))
            .Value.GetProperty("type")
            .GetString()!;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task WriteAsync(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        await File.WriteAllTextAsync(PathOf(path), content);
    }

    private static Dictionary<string, string> ReadPackages() =>
        XDocument
            .Load(Path.Combine(s_repository, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => (Id: (string)package.Attribute("Include")!, Version: (string)package.Attribute("Version")!))
            .Where(package => !package.Version.StartsWith('$') && Directory.Exists(Path.Combine(s_repository, "polyfills", package.Id)))
            .ToDictionary(package => package.Id, package => package.Version);

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Aspire.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }

        return directory.FullName;
    }
}
