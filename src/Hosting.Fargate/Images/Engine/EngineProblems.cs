using Hosting.Fargate.Application;

namespace Hosting.Fargate.Images;

/// <summary>Which images take an engine that is not there, found before anything is done.</summary>
internal static class EngineProblems
{
    /// <param name="application">The application.</param>
    /// <param name="engine">The engine of this machine; null where there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IEnumerable<string>> FindAsync(
        FargateApplication application,
        ContainerEngine? engine,
        CancellationToken cancellationToken
    )
    {
        List<EngineBuild> builds =
        [
            .. application.Images.SelectMany(image => image.Builds),
            .. application.Sites.SelectMany(site => site.Image?.WithNeeded ?? []),
        ];
        if (builds.Count == 0)
        {
            return [];
        }

        var problem = engine is null
            ? ContainerEngine.Missing
            : await engine.ProblemAsync(builds.Exists(build => DockerfileText.NeedsBuildKit(build, TextOf(build))), cancellationToken);
        return problem is null
            ? []
            :
            [
                .. application.Images.Where(image => image.Builds.Any()).Select(image => $"{Describe(image)}: {problem}."),
                .. application
                    .Sites.Where(site => site.Image is not null)
                    .Select(site => $"The files of '{site.Name}' are built in a container: {problem}."),
            ];
    }

    private static string TextOf(EngineBuild build) =>
        build.Dockerfile ?? (File.Exists(build.Author?.Dockerfile) ? File.ReadAllText(build.Author.Dockerfile) : "");

    private static string Describe(BuiltImage image)
    {
        var files = image.Files.Concat(image.Build?.Copied ?? []).Select(file => $"'{file.Source.Resource}'").Distinct().ToList();
        return files.Count > 0
                ? $"The image of '{image.Resource}' has the files of {string.Join(" and ", files)} in it, whose image is built for it"
            : image.BuiltOn is not null
                ? $"The image of '{image.Resource}' is '{image.BuiltOn}' with files of the model on top, and is built"
            : $"The image of '{image.Resource}' is built from a Dockerfile";
    }
}
