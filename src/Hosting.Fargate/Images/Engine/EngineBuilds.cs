using System.Collections.Concurrent;

namespace Hosting.Fargate.Images;

/// <summary>Builds images by the engine, each once, those that others are built from before them.</summary>
internal sealed class EngineBuilds
{
    private const string Variable = "IMAGE_BUILD_";

    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<string>>>> _local = new(StringComparer.Ordinal);

    /// <summary>Builds an image and pushes it.</summary>
    public async Task<PushResult> PushAsync(
        EngineImage image,
        string repositoryUri,
        IReadOnlyList<string> tags,
        RegistryCredentials credentials,
        CancellationToken cancellationToken
    )
    {
        List<string> names = [.. tags.Select(tag => $"{repositoryUri}:{tag}")];
        var errors = await BuildAsync(image, names, cancellationToken);
        if (errors.Count > 0)
        {
            return new PushResult(null, null, errors);
        }

        // A folder of our own, gone after: the person's own logins stay as they are, and this one is in none of their files.
        var login = Directory.CreateTempSubdirectory();
        try
        {
            return await PushAsync(
                image.Engine,
                repositoryUri,
                names,
                credentials,
                await image.Engine.LoginEnvironmentAsync(login.FullName, cancellationToken),
                cancellationToken
            );
        }
        finally
        {
            login.Delete(recursive: true);
        }
    }

    /// <summary>Copies files of an image into a folder, as <c>COPY --from</c> does: of a folder what is in it.</summary>
    /// <returns>Why not; nothing where they are there.</returns>
    public async Task<IReadOnlyList<string>> CopyAsync(
        EngineImage image,
        string path,
        string destination,
        CancellationToken cancellationToken
    )
    {
        if (await EnsureAsync(image, cancellationToken) is { Count: > 0 } errors)
        {
            return errors;
        }

        var folder = Directory.CreateTempSubdirectory();
        string? container = null;
        try
        {
            // One that is never started: what it would run there need not be.
            var created = await RunAsync(image.Engine, ["create", image.LocalName, "/none"], cancellationToken);
            container = created.Lines.LastOrDefault()?.Trim();
            if (created.ExitCode != 0)
            {
                return [$"{image.Engine.Name} create ended with {created.ExitCode}:", .. created.Lines];
            }

            var copied = Path.Combine(folder.FullName, "copied");
            var copy = await RunAsync(image.Engine, ["cp", $"{container}:{path}", copied], cancellationToken);
            if (copy.ExitCode != 0)
            {
                return [$"The files {path} of '{image.Build.Resource}' are not in its image: {string.Join(' ', copy.Lines)}"];
            }

            Place(copied, path, destination);
            return [];
        }
        finally
        {
            if (container is { Length: > 0 })
            {
                await RunAsync(image.Engine, ["rm", "--force", container], CancellationToken.None);
            }

            folder.Delete(recursive: true);
        }
    }

    private static void Place(string copied, string path, string destination)
    {
        if (!Directory.Exists(copied))
        {
            var target =
                destination.EndsWith('/') || Directory.Exists(destination)
                    ? Path.Combine(destination, Path.GetFileName(path))
                    : destination;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(copied, target, overwrite: true);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(copied, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(destination, Path.GetRelativePath(copied, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    /// <summary>Has an image on this machine, for others to be built from.</summary>
    private Task<IReadOnlyList<string>> EnsureAsync(EngineImage image, CancellationToken cancellationToken) =>
        _local
            .GetOrAdd(image.LocalName, name =>
                new(async () =>
                    (await RunAsync(image.Engine, ["image", "inspect", "--format", "{{.Id}}", name], cancellationToken)).ExitCode == 0
                        ? []
                        : await BuildAsync(image, [name], cancellationToken)
                )
            )
            .Value;

    private async Task<IReadOnlyList<string>> BuildAsync(
        EngineImage image,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        foreach (var below in image.Images.Values)
        {
            if (await EnsureAsync(below, cancellationToken) is { Count: > 0 } errors)
            {
                return errors;
            }
        }

        List<string> command =
        [
            "build",
            "--platform",
            image.Build.Architecture == Architecture.Arm64 ? "linux/arm64" : "linux/amd64",
            "--file",
            image.Dockerfile,
        ];
        command.AddRange(names.SelectMany(name => new[] { "--tag", name }));
        command.AddRange(image.Stage is { } stage ? ["--target", stage] : []);

        // Named alone, an argument has the value of the variable of its name, and a command line has no values.
        var environment = image
            .Arguments.Concat(image.Images.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.LocalName)))
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        command.AddRange(environment.Keys.SelectMany(name => new[] { "--build-arg", name }));
        foreach (var (index, (name, value)) in image.Secrets.Index())
        {
            command.AddRange(["--secret", $"id={name},env={Variable}{index}"]);
            environment[$"{Variable}{index}"] = value;
        }

        if (
            image.NeedsBuildKit
            && image.Engine.Name == "docker"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOCKER_BUILDKIT"))
        )
        {
            environment["DOCKER_BUILDKIT"] = "1";
        }

        command.Add(image.Context);
        var (exitCode, lines) = await image.Engine.RunAsync(command, environment, "", cancellationToken);
        return exitCode == 0
            ? []
            : [$"{image.Engine.Name} build of '{image.Build.Resource}' ended with {exitCode}:", .. lines.TakeLast(20)];
    }

    private static async Task<PushResult> PushAsync(
        ContainerEngine engine,
        string repositoryUri,
        IEnumerable<string> names,
        RegistryCredentials credentials,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken
    )
    {
        var host = repositoryUri.Split('/')[0];
        var login = await engine.RunAsync(
            ["login", "--username", credentials.User, "--password-stdin", host],
            environment,
            credentials.Password,
            cancellationToken
        );
        if (login.ExitCode != 0)
        {
            return new PushResult(null, null, [$"{engine.Name} login to {host} ended with {login.ExitCode}:", .. login.Lines]);
        }

        string? digest = null;
        foreach (var name in names)
        {
            var push = await engine.RunAsync(["push", name], environment, "", cancellationToken);
            if (push.ExitCode != 0 && digest is null)
            {
                return new PushResult(null, null, [$"{engine.Name} push ended with {push.ExitCode}:", .. push.Lines.TakeLast(20)]);
            }

            digest ??= await engine.DigestAsync(repositoryUri, name, push.Lines, cancellationToken) ?? "";
        }

        return new PushResult(digest, null, []);
    }

    private static Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(
        ContainerEngine engine,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    ) => engine.RunAsync(arguments, new Dictionary<string, string?>(), "", cancellationToken);
}
