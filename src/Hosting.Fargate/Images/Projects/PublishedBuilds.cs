namespace Hosting.Fargate.Images;

/// <summary>
/// What this run has published. A deploy plans, asks, and then makes the images that were agreed to: what has not been touched since is not published
/// a second time, and what somebody saves in an editor while the question is open is not in them.
/// </summary>
internal sealed class PublishedBuilds
{
    private readonly Dictionary<string, (ProjectBuild Build, string Content)> _builds = new(StringComparer.Ordinal);

    /// <summary>Remembers what a build has left.</summary>
    public async Task KeepAsync(ProjectBuild build, CancellationToken cancellationToken) =>
        _builds[build.Folder] = (build, await ContentOfAsync(build, cancellationToken));

    /// <summary>Whether a build is there as this run has left it: another deploy from the same checkout may have come in between.</summary>
    public async Task<bool> HasAsync(ProjectBuild build, CancellationToken cancellationToken) =>
        _builds.TryGetValue(build.Folder, out var kept)
        && kept.Build.Platform == build.Platform
        && kept.Build.Images.SequenceEqual(build.Images)
        && kept.Content == await ContentOfAsync(build, cancellationToken);

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
