using System.Collections.Immutable;
using System.Text;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Files of the model in an image that name other resources as containers find each other on a laptop, such as the <c>nginx.conf</c> of a
/// proxy with <c>server api:8080</c>. That is as good as a reference. What is in a file stays as it is: where its name is another on AWS, a
/// notice says which.
/// </summary>
/// <param name="hosts">Knows the names.</param>
internal sealed class NamesInFiles(HostNames hosts)
{
    private const int MostBytes = 128 * 1024;

    /// <summary>Those of settings and scripts; what has no extension is taken for one.</summary>
    private static readonly ImmutableArray<string> s_settings =
    [
        "",
        ".cfg",
        ".cnf",
        ".conf",
        ".env",
        ".ini",
        ".properties",
        ".sh",
        ".template",
        ".tmpl",
        ".toml",
        ".yaml",
        ".yml",
    ];

    private readonly HashSet<NameInFile> _named = [];

    /// <summary>Notes whom the files of a resource's image name.</summary>
    public void Read(PublishedResource resource, BuiltImage? built, Func<object, ValueUse, Value?> readValue)
    {
        foreach (var file in built?.Build?.Files ?? [])
        {
            var use = new ValueUse(resource, $"/{file.Path}");
            foreach (var line in LinesOf(file))
            {
                foreach (var (place, address) in hosts.Find(line, use, readValue))
                {
                    _named.Add(new(resource.Name, use.Variable!, line[place], address));
                }
            }
        }
    }

    /// <summary>What has another name on AWS, now that it is known who calls whom.</summary>
    public IEnumerable<Notice> Notices(Func<OpenAddress, Value> decide) =>
        _named
            .Select(named => named with { Address = named.Address.Settle(decide) })
            .Where(named =>
                named.Address is not Text { Content: var text } || !text.Equals(named.Written, StringComparison.OrdinalIgnoreCase)
            )
            .Select(named => new Notice(
                named.Resource,
                $"has {named.Path} in its image, which names '{named.Written}': "
                    + (
                        named.Address is Text { Content: var text }
                            ? $"on AWS that is '{text}'. Write it there, or have the file take it from a variable."
                                + (
                                    OfOtherPort(named.Written, text)
                                        ? " Without a port of this machine (WithEndpoint(targetPort: …) without port) it is the same on both."
                                        : ""
                                )
                            : "AWS runs it under a name that it makes up. Have the file take it from a variable, or keep it a container: "
                                + "PublishAsContainer()."
                    ),
                IsWarning: true
            ));

    /// <summary>
    /// Whether the two are of one name and differ in the port, which on AWS is the one that the endpoint has on this machine.
    /// </summary>
    private static bool OfOtherPort(string written, string address) =>
        written.LastIndexOf(':') is > 0 and var at && address.StartsWith(written[..(at + 1)], StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> LinesOf(LayerFile file) =>
        file.Content is { Length: > 0 and <= MostBytes } content
        && s_settings.Contains(Path.GetExtension(file.Path).ToLowerInvariant())
        && !content.Contains((byte)0)
            ? Encoding.UTF8.GetString(content).Split('\n').Where(line => !IsComment(line.TrimStart()))
            : [];

    private static bool IsComment(string line) =>
        line.StartsWith('#') || line.StartsWith(';') || line.StartsWith("//", StringComparison.Ordinal);

    private sealed record NameInFile(string Resource, string Path, string Written, Value Address);
}
