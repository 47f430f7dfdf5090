using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Images;

/// <summary>A project of the model whose image is wanted.</summary>
internal sealed record ProjectImage(string Resource, string Project, Architecture Architecture)
{
    /// <summary>
    /// Whether files of other images go into its publish output, which no other resource of the same project then has in common with it.
    /// </summary>
    public bool HasFiles { get; init; }

    /// <summary>Whether it is a file-based app: a file of C# that is a project by itself.</summary>
    public bool IsFile => Path.GetExtension(Project).Equals(".cs", StringComparison.OrdinalIgnoreCase);
}

/// <summary>An image to be pushed.</summary>
internal sealed record ImagePush(
    ProjectImage Image,
    PublishedProject Published,
    string BaseDigest,
    string RepositoryUri,
    IReadOnlyList<string> Tags
);

/// <summary>
/// Publishes projects and makes images of them by the SDK's container build, all projects in one call of MSBuild. They are built in a
/// folder of their own: building for another platform in a project's own obj folder would make the next build of it a slow one.
/// </summary>
internal sealed class ProjectImages(string folder, ILogger logger)
{
    private readonly PublishedBuilds _published = new();

    /// <summary>Publishes projects; where one fails, its errors are added to the problems.</summary>
    public async Task<IReadOnlyDictionary<ProjectImage, PublishedProject>> PublishAsync(
        IReadOnlyList<ProjectImage> images,
        List<ImageProblem> problems,
        CancellationToken cancellationToken
    )
    {
        var published = await PublishAsync(images, image => PlatformOf(image, isMusl: false), problems, cancellationToken);

        // What a project says of its container's platform is known after it was evaluated.
        var others = published
            .Where(pair => WantedPlatform(pair.Key, pair.Value) != PlatformOf(pair.Key, isMusl: false))
            .Select(pair => pair.Key)
            .ToList();
        foreach (var wrong in others.Where(image => WantedPlatform(image, published[image]) != PlatformOf(image, isMusl: true)).ToList())
        {
            problems.Add(
                new(
                    wrong.Resource,
                    $"'{wrong.Resource}' runs on {PlatformOf(wrong, isMusl: false)}, and {Path.GetFileName(wrong.Project)} makes its container "
                        + $"for {published[wrong].Platform}. Remove ContainerRuntimeIdentifier from the project, or set Architecture where it is published."
                )
            );
            others.Remove(wrong);
            published.Remove(wrong);
        }

        foreach (var image in others)
        {
            published.Remove(image);
        }

        foreach (var (image, project) in await PublishAsync(others, image => PlatformOf(image, isMusl: true), problems, cancellationToken))
        {
            published.Add(image, project);
        }

        return published;
    }

    /// <summary>Makes images and pushes them.</summary>
    /// <returns>For each that was pushed its digest and the bytes that the registry did not have; for each that was not the
    /// errors.</returns>
    public async Task<IReadOnlyDictionary<ProjectImage, PushResult>> PushAsync(
        IReadOnlyList<ImagePush> pushes,
        RegistryCredentials credentials,
        CancellationToken cancellationToken
    )
    {
        if (pushes.Count == 0)
        {
            return new Dictionary<ProjectImage, PushResult>();
        }

        var results = Directory.CreateDirectory(Path.Combine(folder, "pushed")).FullName;
        string ResultOf(ImagePush push) => Path.Combine(results, $"{push.Image.Resource}.image");
        foreach (var push in pushes)
        {
            File.Delete(ResultOf(push));
        }

        var projects = pushes.Where(push => !push.Image.IsFile).ToList();
        var call = new MSBuildCall(Path.Combine(folder, "push.proj"), pushes.Count)
        {
            // Asked for what is pushed, and for a base image that is in the same registry; any other base image has its own way in.
            Environment = new Dictionary<string, string?>
            {
                ["DOTNET_CONTAINER_REGISTRY_UNAME"] = credentials.User,
                ["DOTNET_CONTAINER_REGISTRY_PWORD"] = credentials.Password,
                ["DOTNET_CONTAINER_PUSH_REGISTRY_UNAME"] = credentials.User,
                ["DOTNET_CONTAINER_PUSH_REGISTRY_PWORD"] = credentials.Password,

                // Nothing is compiled here; where a project's own targets do, no compiler stays that would keep them.
                ["UseSharedCompilation"] = "false",
            },
        };
        string OfPush(ImagePush push) =>
            $"{PropertiesOf(push.Published.Build)};"
            + PublishFiles.Properties(
                ("ContainerRegistry", push.RepositoryUri.Split('/', 2)[0]),
                ("ContainerRepository", push.RepositoryUri.Split('/', 2)[1]),
                ("ContainerImageTag", ""),
                ("ImageTags", string.Join('|', push.Tags)),
                ("ContainerArchiveOutputPath", ""),
                ("ImageBaseDigest", push.BaseDigest),
                ("ImageResult", ResultOf(push))
            );
        List<string> lines = [];
        if (projects.Count > 0)
        {
            lines.AddRange(
                await call.RunAsync(PublishFiles.Push(projects.Select(push => (push.Image.Project, OfPush(push))), ""), cancellationToken)
            );
        }

        foreach (var file in pushes.Except(projects))
        {
            lines.AddRange(await call.RunAsync(file.Image.Project, ["PublishContainer", "ImageReport"], OfPush(file), cancellationToken));
        }

        Dictionary<ProjectImage, PushResult> pushed = [];
        foreach (var push in pushes)
        {
            var output = File.Exists(ResultOf(push)) ? await File.ReadAllLinesAsync(ResultOf(push), cancellationToken) : [];
            pushed.Add(
                push.Image,
                output is [{ Length: > 0 } digest, .. var manifest]
                    ? new PushResult(digest, PushedLayers.SizeOf(string.Join('\n', manifest), lines, push.RepositoryUri), [])
                    : new PushResult(
                        null,
                        null,
                        RegistryFaults.TextsOf(
                            MSBuildCall.ErrorsOf(lines, push.Image.Project, [.. pushes.Select(other => other.Image.Project)])
                        )
                    )
            );
        }

        return pushed;
    }

    private async Task<Dictionary<ProjectImage, PublishedProject>> PublishAsync(
        IReadOnlyList<ProjectImage> images,
        Func<ProjectImage, string> platformOf,
        List<ImageProblem> problems,
        CancellationToken cancellationToken
    )
    {
        Dictionary<ProjectImage, PublishedProject> published = [];
        foreach (var build in BuildsOf(images, platformOf))
        {
            var lines = await PublishAsync(build, cancellationToken);
            var built = await PublishedProject.ReadAllAsync(build, cancellationToken);
            foreach (var image in build.Images)
            {
                // The project of a file has a name of the SDK's, and is the only one of its build.
                if ((image.IsFile ? built.Values.SingleOrDefault() : built.GetValueOrDefault(image.Project)) is { } project)
                {
                    published.Add(image, project);
                    continue;
                }

                var errors = MSBuildCall.ErrorsOf(lines, image.Project, build.Projects);
                problems.Add(
                    new(
                        image.Resource,
                        $"'{image.Resource}' does not build ({image.Project}):{Environment.NewLine}"
                            + string.Join(Environment.NewLine, (errors.Count > 0 ? errors : lines).Select(line => $"  {line}"))
                    )
                );
            }
        }

        return published;
    }

    /// <summary>Publishes the projects of a build, unless that was done.</summary>
    /// <returns>What MSBuild printed.</returns>
    private async Task<IReadOnlyList<string>> PublishAsync(ProjectBuild build, CancellationToken cancellationToken)
    {
        if (await _published.HasAsync(build, cancellationToken))
        {
            return [];
        }

        // Before it begins: what is saved while it runs is for the next one.
        var sources = await SourceState.OfAsync(build, PropertiesOf(build), SourceState.Variables, cancellationToken);
        if (await _published.HasAsync(build, sources, cancellationToken))
        {
            return [];
        }

        logger.LogInformation(
            "Publishing {Projects} for {Platform}",
            string.Join(", ", build.Images.Select(image => image.Resource).Distinct()),
            build.Platform
        );
        var isFirst = !Directory.Exists(build.PublishFolder);

        // What left a project stays in its publish folder otherwise, and would come into the image.
        Empty(build.PublishFolder);
        Empty(build.SettingsFolder);
        Directory.CreateDirectory(build.SettingsFolder);
        await WriteAsync(Path.Combine(build.Folder, "image.props"), PublishFiles.Names, cancellationToken);
        await WriteAsync(Path.Combine(build.Folder, "image.targets"), PublishFiles.Targets, cancellationToken);

        // A node takes a second to start, which projects that are most likely built already do not earn back.
        var call = new MSBuildCall(
            Path.Combine(build.Folder, "publish.proj"),
            isFirst ? build.Projects.Count : (build.Projects.Count + 3) / 4
        );
        var lines = build.Images[0].IsFile
            ? await call.RunAsync(build.Projects[0], ["Publish", "ImageDescribe"], PropertiesOf(build), cancellationToken)
            : await call.RunAsync(PublishFiles.Publish(build.Projects, PropertiesOf(build)), cancellationToken);
        if (Directory.GetFiles(build.SettingsFolder).Length == build.Projects.Count)
        {
            await _published.KeepAsync(build, sources, cancellationToken);
        }

        return lines;
    }

    /// <summary>One build a platform; what shares its publish output with nothing else has one of its own.</summary>
    private IEnumerable<ProjectBuild> BuildsOf(IReadOnlyList<ProjectImage> images, Func<ProjectImage, string> platformOf) =>
        images
            .GroupBy(
                image => Path.Combine(folder, platformOf(image), IsAlone(image, images) ? Path.Combine("own", image.Resource) : ""),
                StringComparer.Ordinal
            )
            .Select(build => new ProjectBuild(build.Key, platformOf(build.First()), [.. build]));

    /// <summary>Whether it is a project in the SDK's memory, or gets files that another resource of the same project does not.</summary>
    private static bool IsAlone(ProjectImage image, IReadOnlyList<ProjectImage> images) =>
        image.IsFile || (image.HasFiles && images.Any(other => other != image && other.Project == image.Project));

    private static string PropertiesOf(ProjectBuild build) =>
        (build.Images[0].IsFile ? $"{PropertiesOfFile(build)};" : "")
        + PublishFiles.Properties(
            ("Configuration", "Release"),
            ("RuntimeIdentifier", build.Platform),
            ("ArtifactsPath", build.Folder + Path.DirectorySeparatorChar),
            ("UseArtifactsOutput", "true"),
            ("ContinuousIntegrationBuild", "true"),
            ("Deterministic", "true"),
            ("IncludeSourceRevisionInInformationalVersion", "false"),
            ("EnableSourceControlManagerQueries", "false"),
            ("EnableSourceLink", "false"),
            ("_IsPublishing", "true"),
            ("CustomBeforeDirectoryBuildProps", Path.Combine(build.Folder, "image.props")),
            ("CustomAfterMicrosoftCommonTargets", Path.Combine(build.Folder, "image.targets")),
            ("ImageSourceRoot", SourceRoot.Of(build.Images.Select(image => image.Project))),
            ("ImageResults", build.SettingsFolder + Path.DirectorySeparatorChar)
        );

    /// <summary>
    /// A file would be published beside itself, and the folder that it is in would be in the program: the name of its user secrets is made
    /// of it.
    /// </summary>
    private static string PropertiesOfFile(ProjectBuild build) =>
        PublishFiles.Properties(
            ("PublishDir", build.PublishFolder + Path.DirectorySeparatorChar),
            ("UserSecretsId", build.Images[0].Resource)
        );

    private static string PlatformOf(ProjectImage image, bool isMusl) =>
        $"linux-{(isMusl ? "musl-" : "")}{(image.Architecture == Architecture.Arm64 ? "arm64" : "x64")}";

    private static string WantedPlatform(ProjectImage image, PublishedProject published) =>
        published.IsOfMusl && published.Platform == PlatformOf(image, isMusl: false) ? PlatformOf(image, isMusl: true) : published.Platform;

    /// <summary>Written where it differs alone: newer than what was compiled, it would have all compiled again.</summary>
    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        if (!File.Exists(file) || await File.ReadAllTextAsync(file, cancellationToken) != text)
        {
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }
    }

    private static void Empty(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
