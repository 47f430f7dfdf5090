namespace Hosting.Fargate.Deploying.Images;

/// <summary>A project that was published, and what its image is to be, as MSBuild evaluated it.</summary>
internal sealed class PublishedProject
{
    private readonly Dictionary<string, string> _first = [];

    private PublishedProject(ProjectBuild build, string[] lines)
    {
        Build = build;
        foreach (var line in lines)
        {
            // A value of several lines can only be among the later ones.
            if (line.Split('=', 2) is [var name, var value])
            {
                _first.TryAdd(name, value);
            }
        }

        Settings = [.. lines.Where(line => !line.StartsWith("Folder=", StringComparison.Ordinal))];
    }

    public ProjectBuild Build { get; }

    /// <summary>Where the publish output is.</summary>
    public string Folder => _first["Folder"];

    /// <summary>The runtime identifier of the container: <c>linux-x64</c>.</summary>
    public string Platform => _first["Platform"];

    /// <summary>Whether the base image is of a distribution with musl.</summary>
    public bool IsOfMusl => _first["Family"].Contains("alpine", StringComparison.OrdinalIgnoreCase);

    public ImageName Base => new(_first["BaseRegistry"], _first["BaseName"], _first["BaseTag"], _first["BaseDigest"] is { Length: > 0 } digest ? digest : null);

    /// <summary>All that decides what the image is beside the files, a line each.</summary>
    public IReadOnlyList<string> Settings { get; }

    public static async Task<PublishedProject?> ReadAsync(ProjectBuild build, string settings, CancellationToken cancellationToken) =>
        File.Exists(settings) ? new PublishedProject(build, await File.ReadAllLinesAsync(settings, cancellationToken)) : null;
}

/// <summary>The name of an image in a registry.</summary>
internal sealed record ImageName(string Registry, string Repository, string Tag, string? Digest)
{
    /// <summary>Reads a name as a Dockerfile has it; one without a registry is of Docker Hub.</summary>
    public static ImageName Parse(string text)
    {
        var (name, digest) = text.Split('@', 2) is [var before, var after] ? (before, after) : (text, null);
        var colon = name.IndexOf(':', name.LastIndexOf('/') + 1);
        var (path, tag) = colon < 0 ? (name, "latest") : (name[..colon], name[(colon + 1)..]);
        return path.Split('/', 2) is [var registry, var repository] && (registry.Contains('.') || registry.Contains(':') || registry == "localhost")
            ? new ImageName(registry, repository, tag, digest)
            : new ImageName("docker.io", path.Contains('/') ? path : $"library/{path}", tag, digest);
    }

    public override string ToString() => $"{Registry}/{Repository}:{Tag}{(Digest is null ? "" : $"@{Digest}")}";
}
