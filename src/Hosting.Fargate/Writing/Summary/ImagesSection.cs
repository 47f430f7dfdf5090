using System.Collections.Immutable;
using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>
/// What images are built from where neither the SDK nor a Dockerfile of the author says it alone, and which files go where.
/// </summary>
internal static class ImagesSection
{
    public static string Write(FargateApplication application)
    {
        var builds = BuildFolders.BuildsOf(application).ToList();
        var table = new MarkdownTable("Image", "Built from", "Built in");
        foreach (var build in builds)
        {
            table.Row(
                Markdown.Code(build.Name),
                Markdown.Code($"{BuildFolders.Of(application)}/{build.Name}/Dockerfile"),
                build.Author?.Folder is { } folder
                    ? $"{Markdown.Code(folder)}, from the AppHost's folder"
                    : Markdown.Code($"{BuildFolders.Of(application)}/{build.Name}")
            );
        }

        string[] files = [.. application.Images.SelectMany(FilesOf), .. builds.SelectMany(LayersOf)];
        return Markdown.Section(
            "Images",
            builds.Count == 0 ? "" : $"{table}",
            files.Length == 0 ? "" : "Files that become part of an image:\n",
            Markdown.List(files),
            builds.Count == 0 && files.Length == 0 ? "" : "Docker or Podman builds these when the application is deployed.\n"
        );
    }

    private static IEnumerable<string> FilesOf(BuiltImage image) =>
        image
            .Files.Concat(image.Builds.Where(build => build.Resource == image.Resource).SelectMany(build => build.Copied))
            .Distinct()
            .Select(file =>
                $"{Markdown.Codes(file.Paths)} of {Markdown.Code(file.Source.Resource)} at {Markdown.Code(file.Destination)} of {Markdown.Code(image.Resource)}"
                + (file.Destination.StartsWith('/') ? "" : ", from its working directory")
            );

    private static IEnumerable<string> LayersOf(EngineBuild build)
    {
        foreach (
            var folder in build
                .Files.Where(file => file.Content is not null)
                .GroupBy(file => file.Path[..Math.Max(file.Path.LastIndexOf('/'), 0)], StringComparer.Ordinal)
        )
        {
            var names = folder.Select(file => file.Path[(file.Path.LastIndexOf('/') + 1)..]).ToImmutableArray();
            var shown =
                names.Length > 5 ? $"{Markdown.Codes(names[..5])} and {WorkloadText.Number(names.Length - 5)} more" : Markdown.Codes(names);
            yield return $"{shown} of the model at {Markdown.Code($"/{folder.Key}")} of {Markdown.Code(build.Resource)}";
        }
    }
}
