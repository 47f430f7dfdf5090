namespace Hosting.Fargate.Images;

/// <summary>
/// What has been published. A deploy plans, asks, and then makes the images that were agreed to: what has not been touched since is not
/// published a second time, and what somebody saves in an editor while the question is open is not in them. What an earlier run has
/// published of the same sources is not published again either. In both cases what is there must be what was left there, and the registry
/// is asked all the same.
/// </summary>
internal sealed class PublishedBuilds
{
    private readonly Dictionary<string, (ProjectBuild Build, string Content)> _builds = new(StringComparer.Ordinal);

    /// <summary>Remembers what a build has left.</summary>
    /// <param name="build">The build.</param>
    /// <param name="sources">The state of its sources before it began; null where that is not known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task KeepAsync(ProjectBuild build, string? sources, CancellationToken cancellationToken)
    {
        var content = await ContentOfAsync(build, cancellationToken);
        _builds[build.Folder] = (build, content);
        if (sources is not null)
        {
            await File.WriteAllLinesAsync(RecordOf(build), [sources, content], cancellationToken);
        }
        else
        {
            File.Delete(RecordOf(build));
        }
    }

    /// <summary>Whether a build is there as this run has left it: another deploy from the same checkout may have come in between.</summary>
    public async Task<bool> HasAsync(ProjectBuild build, CancellationToken cancellationToken) =>
        _builds.TryGetValue(build.Folder, out var kept)
        && kept.Build.Platform == build.Platform
        && kept.Build.Images.SequenceEqual(build.Images)
        && kept.Content == await ContentOfAsync(build, cancellationToken);

    /// <summary>Whether a build is there as an earlier run has left it, of the same sources.</summary>
    public async Task<bool> HasAsync(ProjectBuild build, string? sources, CancellationToken cancellationToken)
    {
        if (
            sources is null
            || !File.Exists(RecordOf(build))
            || await File.ReadAllLinesAsync(RecordOf(build), cancellationToken) is not [var of, var content]
            || of != sources
            || content != await ContentOfAsync(build, cancellationToken)
        )
        {
            return false;
        }

        _builds[build.Folder] = (build, content);
        return true;
    }

    private static string RecordOf(ProjectBuild build) => Path.Combine(build.Folder, "published");

    private static async Task<string> ContentOfAsync(ProjectBuild build, CancellationToken cancellationToken)
    {
        using var hash = new ContentHash("build");
        foreach (var folder in new[] { build.PublishFolder, build.SettingsFolder }.Where(Directory.Exists))
        {
            var files = Directory
                .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(file => Path.GetRelativePath(folder, file));
            await hash.AddFilesAsync(folder, files, cancellationToken);
        }

        return hash.Tag;
    }
}
