using Hosting.Fargate.Application;

namespace Hosting.Fargate.Writing;

/// <summary>
/// What publish makes for builds by an engine, a folder an image: a Dockerfile that nobody wrote by hand, and the files that go into the
/// image. Publish writes it to the output, to be read; deploy builds from the same bytes.
/// </summary>
internal static class BuildFolders
{
    private const string Dockerfile = "Dockerfile";

    /// <summary>The folder of all of them in the output.</summary>
    public static string Of(FargateApplication application) => $"{application.Name}.images";

    public static IEnumerable<PublishedFile> FilesOf(FargateApplication application) =>
        from build in BuildsOf(application)
        from file in FilesOf(build)
        select file with
        {
            Name = $"{Of(application)}/{build.Name}/{file.Name}",
        };

    /// <summary>The builds that have a folder, each once.</summary>
    public static IEnumerable<EngineBuild> BuildsOf(FargateApplication application) =>
        application.Images.SelectMany(image => image.Builds).Where(build => build.Dockerfile is not null).DistinctBy(build => build.Name);

    /// <summary>The files of one build, by their names in its folder.</summary>
    public static IEnumerable<PublishedFile> FilesOf(EngineBuild build)
    {
        if (build.Dockerfile is null)
        {
            yield break;
        }

        yield return new PublishedFile(Dockerfile, build.Dockerfile);
        if (build.Ignored is { } ignored)
        {
            // Where BuildKit looks for it: https://docs.docker.com/build/concepts/context/#filename-and-location.
            yield return new PublishedFile($"{Dockerfile}.dockerignore", ignored);
        }

        foreach (var file in build.Files.Where(file => file.Content is not null))
        {
            yield return new PublishedFile($"{LayerFile.Folder}/{file.Path}", "") { Bytes = file.Content };
        }
    }

    /// <summary>Writes the folder of a build anew, as an engine takes it: with the modes that the files are to have.</summary>
    /// <returns>The path of the Dockerfile.</returns>
    public static async Task<string> WriteAsync(EngineBuild build, string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in FilesOf(build))
        {
            var path = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.ToBytes(), cancellationToken);
        }

        // What is in a folder first: one that is read-only takes nothing more.
        foreach (var file in build.Files.Reverse())
        {
            var path = Path.Combine(folder, LayerFile.Folder, file.Path);
            if (file.Content is null)
            {
                Directory.CreateDirectory(path);
            }

            if (!OperatingSystem.IsWindows())
            {
                // The engine's client reads them as whoever deploys.
                File.SetUnixFileMode(
                    path,
                    file.Mode | UnixFileMode.UserRead | (file.Content is null ? UnixFileMode.UserWrite | UnixFileMode.UserExecute : 0)
                );
            }
        }

        return Path.Combine(folder, Dockerfile);
    }
}
