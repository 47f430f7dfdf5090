using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Deploying.Images;

/// <summary>An image of a Dockerfile, built and pushed by Docker or Podman.</summary>
internal sealed record DockerfileImage(ContainerEngine Engine, DockerfileBuildAnnotation Build, Architecture Architecture, string Tag)
{
    private const string Variable = "IMAGE_BUILD_";

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required IReadOnlyDictionary<string, object> Secrets { get; init; }

    public async Task<PushResult> PushAsync(
        string repositoryUri, IReadOnlyList<string> tags, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        List<string> names = [.. tags.Select(tag => $"{repositoryUri}:{tag}")];
        var secrets = (await DockerfileImages.ReadAsync(Secrets.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)), cancellationToken)).ToList();
        List<string> command = ["build", "--platform", Architecture == Architecture.Arm64 ? "linux/arm64" : "linux/amd64", "--file", Build.DockerfilePath];
        command.AddRange(names.SelectMany(name => new[] { "--tag", name }));
        command.AddRange(Build.Stage is { } stage ? ["--target", stage] : []);

        // Named alone, an argument has the value of the variable of its name, and a command line has no values.
        command.AddRange(Arguments.Keys.SelectMany(name => new[] { "--build-arg", name }));
        command.AddRange(secrets.SelectMany((secret, index) => new[] { "--secret", $"id={secret.Key},env={Variable}{index}" }));
        command.Add(Build.ContextPath);
        var environment = Arguments.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        foreach (var (secret, index) in secrets.Select((secret, index) => (secret, index)))
        {
            environment[$"{Variable}{index}"] = secret.Value;
        }

        var (exitCode, lines) = await Engine.RunAsync(command, environment, "", cancellationToken);
        if (exitCode != 0)
        {
            return new PushResult(null, null, [$"{Engine.Name} build ended with {exitCode}:", .. lines.TakeLast(20)]);
        }

        // A folder of our own, gone after: the person's own logins stay as they are, and this one is in none of their files.
        var login = Directory.CreateTempSubdirectory();
        try
        {
            return await PushAsync(repositoryUri, names, credentials, await Engine.LoginEnvironmentAsync(login.FullName, cancellationToken), cancellationToken);
        }
        finally
        {
            login.Delete(recursive: true);
        }
    }

    private async Task<PushResult> PushAsync(
        string repositoryUri, IEnumerable<string> names, RegistryCredentials credentials, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var host = repositoryUri.Split('/')[0];
        var login = await Engine.RunAsync(["login", "--username", credentials.User, "--password-stdin", host], environment, credentials.Password, cancellationToken);
        if (login.ExitCode != 0)
        {
            return new PushResult(null, null, [$"{Engine.Name} login to {host} ended with {login.ExitCode}:", .. login.Lines]);
        }

        string? digest = null;
        foreach (var name in names)
        {
            var push = await Engine.RunAsync(["push", name], environment, "", cancellationToken);
            if (push.ExitCode != 0 && digest is null)
            {
                return new PushResult(null, null, [$"{Engine.Name} push ended with {push.ExitCode}:", .. push.Lines.TakeLast(20)]);
            }

            digest ??= await Engine.DigestAsync(repositoryUri, name, push.Lines, cancellationToken) ?? "";
        }

        return new PushResult(digest, null, []);
    }
}
