using System.Xml;
using System.Xml.Linq;

namespace Hosting.Fargate.Reading;

/// <summary>What a project file says by itself. What it imports, and what a condition keeps from it, only MSBuild knows.</summary>
internal sealed class ProjectFile
{
    private readonly XElement _root;
    private readonly string _folder;

    private ProjectFile(XElement root, string folder)
    {
        _root = root;
        _folder = folder;
    }

    /// <summary>
    /// The SDKs, without their versions: https://learn.microsoft.com/visualstudio/msbuild/how-to-use-project-sdk.
    /// </summary>
    public IEnumerable<string> Sdks =>
        _root
            .Attributes("Sdk")
            .Concat(Elements("Sdk").Attributes("Name"))
            .Concat(Elements("Import").Attributes("Sdk"))
            .SelectMany(attribute => attribute.Value.Split(';'))
            .Select(sdk => sdk.Split('/')[0].Trim());

    /// <summary>The packages that it refers to.</summary>
    public IEnumerable<string> Packages => Elements("PackageReference").Attributes("Include").Select(include => include.Value.Trim());

    /// <summary>The paths of the projects that it refers to.</summary>
    public IEnumerable<string> References =>
        Elements("ProjectReference")
            .Attributes("Include")
            .SelectMany(include => include.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(path => Path.Combine(_folder, path.Replace('\\', '/')));

    /// <summary>Reads a project file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="having">Words without which it is of no interest, and not taken apart.</param>
    /// <returns>Null where there is none, or none that can be read: the build says so.</returns>
    public static ProjectFile? Read(string path, string having = "")
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllText(path);
        try
        {
            return text.Contains(having, StringComparison.OrdinalIgnoreCase) && XDocument.Parse(text).Root is { } root
                ? new ProjectFile(root, Path.GetDirectoryName(path)!)
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>In a namespace, or in none as projects of today are.</summary>
    private IEnumerable<XElement> Elements(string name) => _root.Descendants().Where(element => element.Name.LocalName == name);
}
