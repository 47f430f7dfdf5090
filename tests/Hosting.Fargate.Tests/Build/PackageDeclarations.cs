using System.Xml.Linq;

namespace Hosting.Fargate.Tests.Build;

/// <summary>What the project files say of packages.</summary>
internal static class PackageDeclarations
{
    /// <summary>The version of each package, as Directory.Packages.props has it.</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } = ReadVersions();

    /// <summary>The packages that a project references, in its order.</summary>
    public static string[] PackagesOf(string project) => ReferencesOf(project, "PackageReference");

    /// <summary>The polyfills in place of packages that a project references, and those that these reference.</summary>
    public static IReadOnlyCollection<string> PolyfillsOf(string project)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        var open = new Stack<string>(PackagesOf(project).Where(HasPolyfill));
        while (open.TryPop(out var id))
        {
            if (found.Add(id))
            {
                var references = ReferencesOf(ProjectOf(id), "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));
                foreach (var next in references.Concat(PackagesOf(ProjectOf(id)).Where(HasPolyfill)))
                {
                    open.Push(next);
                }
            }
        }

        return found;
    }

    public static string ProjectOf(string polyfill) => $"polyfills/{polyfill}/{polyfill}.csproj";

    public static bool HasPolyfill(string package) => File.Exists(Repository.PathOf(ProjectOf(package)));

    private static string[] ReferencesOf(string project, string kind) =>
        [
            .. XDocument
                .Load(Repository.PathOf(project))
                .Descendants(kind)
                .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
                .Select(reference => (string)reference.Attribute("Include")!),
        ];

    private static Dictionary<string, string> ReadVersions()
    {
        var packages = XDocument.Load(Repository.PathOf("Directory.Packages.props"));
        var properties = packages
            .Descendants("PropertyGroup")
            .Elements()
            .ToDictionary(property => $"$({property.Name})", property => property.Value);
        return packages
            .Descendants("PackageVersion")
            .ToDictionary(
                package => (string)package.Attribute("Include")!,
                package => properties.GetValueOrDefault((string)package.Attribute("Version")!, (string)package.Attribute("Version")!)
            );
    }
}
