namespace Hosting.Fargate.Images;

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

        Settings =
        [
            .. lines.Where(line =>
                !line.StartsWith("Project=", StringComparison.Ordinal) && !line.StartsWith("Folder=", StringComparison.Ordinal)
            ),
        ];
    }

    public ProjectBuild Build { get; }

    /// <summary>The path of the project file.</summary>
    public string Project => _first["Project"];

    /// <summary>Where the publish output is.</summary>
    public string Folder => _first["Folder"];

    /// <summary>The runtime identifier of the container: <c>linux-x64</c>.</summary>
    public string Platform => _first["Platform"];

    /// <summary>Where in the container the publish output is: <c>/app</c>.</summary>
    public string WorkingDirectory => _first["WorkingDirectory"].TrimEnd('/');

    /// <summary>Where a path of the container is in the publish output; null for one outside of it, which the SDK gives no image.</summary>
    public string? InOutput(string path) =>
        !path.StartsWith('/') ? Path.Combine(Folder, path)
        : path.TrimEnd('/') == WorkingDirectory ? Folder
        : path.StartsWith(WorkingDirectory + "/", StringComparison.Ordinal) ? Path.Combine(Folder, path[(WorkingDirectory.Length + 1)..])
        : null;

    /// <summary>Whether the base image is of a distribution with musl.</summary>
    public bool IsOfMusl => _first["Family"].Contains("alpine", StringComparison.OrdinalIgnoreCase);

    public ImageName Base =>
        new(_first["BaseRegistry"], _first["BaseName"], _first["BaseTag"], _first["BaseDigest"] is { Length: > 0 } digest ? digest : null);

    /// <summary>All that decides what the image is beside the files, a line each.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>Reads the settings that each project of a build left, which those that failed did not.</summary>
    public static async Task<IReadOnlyDictionary<string, PublishedProject>> ReadAllAsync(
        ProjectBuild build,
        CancellationToken cancellationToken
    )
    {
        var projects = await Task.WhenAll(
            Directory
                .EnumerateFiles(build.SettingsFolder)
                .Select(async file => new PublishedProject(build, await File.ReadAllLinesAsync(file, cancellationToken)))
        );
        return projects.ToDictionary(project => project.Project, StringComparer.Ordinal);
    }
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
        return
            path.Split('/', 2) is [var registry, var repository]
            && (registry.Contains('.') || registry.Contains(':') || registry == "localhost")
            ? new ImageName(registry, IsHub(registry) ? OfHub(repository) : repository, tag, digest)
            : new ImageName("docker.io", OfHub(path), tag, digest);

        static bool IsHub(string registry) => registry is "docker.io" or "index.docker.io";

        // Docker's own have no owner: https://docs.docker.com/reference/cli/docker/image/tag/#description.
        static string OfHub(string path) => path.Contains('/') ? path : $"library/{path}";
    }

    public override string ToString() => $"{Registry}/{Repository}:{Tag}{(Digest is null ? "" : $"@{Digest}")}";
}
