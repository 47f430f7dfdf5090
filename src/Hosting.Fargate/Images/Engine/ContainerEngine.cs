using System.Text.RegularExpressions;

namespace Hosting.Fargate.Images;

/// <summary>Docker or Podman on this machine.</summary>
internal sealed partial record ContainerEngine(string Name, string Program)
{
    /// <summary>What to do where there is none, to go on after a colon.</summary>
    public const string Missing = "that takes Docker or Podman, and neither is on PATH. Install one (apt-get install docker.io, or podman)";

    /// <summary>The first of them on PATH; null where there is none.</summary>
    public static ContainerEngine? Find() =>
        new[] { "docker", "podman" }
            .SelectMany(name =>
                (Environment.GetEnvironmentVariable("PATH") ?? "")
                    .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                    .Select(folder => new ContainerEngine(name, Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
            )
            .FirstOrDefault(engine => File.Exists(engine.Program));

    public Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?> environment,
        string input,
        CancellationToken cancellationToken
    ) =>
        new ChildProcess(Program, arguments)
        {
            Environment = environment,
            Input = input,
            ActsInAws = true,
        }.RunAsync(cancellationToken);

    /// <summary>Why it builds nothing at the moment; null where it does.</summary>
    /// <param name="needsBuildKit">Whether a build takes what only BuildKit does.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string?> ProblemAsync(bool needsBuildKit, CancellationToken cancellationToken)
    {
        var info = await RunAsync(["info"], new Dictionary<string, string?>(), "", cancellationToken);
        if (info.ExitCode != 0)
        {
            return $"{Name} is on PATH, and its engine does not answer: {info.Lines.LastOrDefault()?.Trim()} Start it, or say where it is (DOCKER_HOST)";
        }

        if (!needsBuildKit || Name != "docker")
        {
            return null;
        }

        // The client says it of itself before it builds anything.
        var help = await RunAsync(
            ["build", "--help"],
            new Dictionary<string, string?> { ["DOCKER_BUILDKIT"] = "1" },
            "",
            cancellationToken
        );
        return help.Lines.Any(line => line.Contains("buildx component is missing", StringComparison.Ordinal))
            ? "a Dockerfile takes BuildKit (RUN --mount, a build secret or the like), and this docker has no buildx. Install it (apt-get install docker-buildx, or docker-buildx-plugin of Docker's own packages)"
            : null;
    }

    /// <summary>An environment whose logins are in a folder, and whose engine is the one of the person's own settings.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> LoginEnvironmentAsync(string folder, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> environment = new()
        {
            ["DOCKER_CONFIG"] = folder,
            ["REGISTRY_AUTH_FILE"] = Path.Combine(folder, "auth.json"),
        };
        if (Name == "docker" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOCKER_HOST")))
        {
            // The settings that name another engine than the usual one are in the folder that is not looked at.
            var context = await RunAsync(
                ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
                new Dictionary<string, string?>(),
                "",
                cancellationToken
            );
            if (context is (0, [{ Length: > 0 } host, ..]))
            {
                environment["DOCKER_HOST"] = host;
            }
        }

        return environment;
    }

    /// <summary>The digest of an image that was pushed: Docker prints it, Podman knows it.</summary>
    public async Task<string?> DigestAsync(
        string repositoryUri,
        string name,
        IReadOnlyList<string> lines,
        CancellationToken cancellationToken
    )
    {
        if (lines.Select(line => DigestLine().Match(line)).FirstOrDefault(match => match.Success) is { } printed)
        {
            return printed.Groups[1].Value;
        }

        var inspected = await RunAsync(
            ["image", "inspect", "--format", "{{range .RepoDigests}}{{println .}}{{end}}", name],
            new Dictionary<string, string?>(),
            "",
            cancellationToken
        );
        return inspected.Lines.FirstOrDefault(line => line.StartsWith($"{repositoryUri}@", StringComparison.Ordinal))?.Split('@')[1];
    }

    [GeneratedRegex("digest: (sha256:[0-9a-f]{64})")]
    private static partial Regex DigestLine();
}
