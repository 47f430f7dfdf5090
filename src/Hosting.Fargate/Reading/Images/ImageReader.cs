using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Which image a resource has where deploy makes it: by the SDK, from a Dockerfile, or from another image with files on top. What comes
/// from images of other resources is read with it.
/// </summary>
internal sealed class ImageReader(
    DistributedApplicationModel model,
    DockerfileReader dockerfiles,
    BuildArgumentReader arguments,
    LayerReader layers,
    string appHostDirectory,
    Refusals refusals
)
{
    /// <returns>Null where the image is one of a registry, as it is there.</returns>
    public async Task<BuiltImage?> ReadAsync(PublishedResource published, Architecture architecture, CancellationToken cancellationToken)
    {
        var resource = published.Resource;
        if (published.IsProject)
        {
            var taken = await FilesOfAsync(resource, architecture, [], cancellationToken);
            return new BuiltImage(resource.Name, Dockerfile: null) { Files = taken };
        }

        var annotation = DockerfileOf(resource);
        var build = annotation is null ? null : await BuildAsync(resource, annotation, architecture, [], cancellationToken);
        var files = await FilesOfAsync(resource, architecture, [], cancellationToken);

        // A Dockerfile that Aspire generates copies them itself.
        ImmutableArray<ImageFiles> uncopied =
        [
            .. files.Where(file => build?.Images.Any(image => image.Build.Name == file.Source.Name) != true),
        ];
        var layer = await layers.ReadAsync(resource, cancellationToken);
        if (uncopied.Length > 0 || layer.Files.Length > 0)
        {
            var reference = resource.TryGetContainerImageName(useBuiltImage: false, out var image) ? image : "";
            var top = LayerDockerfile.Write(resource.Name, architecture, build, reference, uncopied, layer);
            return new BuiltImage(resource.Name, "Dockerfile") { Build = top, BuiltOn = build is null ? reference : null };
        }

        if (build is null)
        {
            return null;
        }

        var name = build.Dockerfile is null ? Path.GetFileName(annotation!.DockerfilePath) : "Dockerfile";
        return new BuiltImage(resource.Name, name) { Build = build };
    }

    /// <summary>The image that a resource's files are taken from; null where it has none.</summary>
    public Task<EngineBuild?> SourceOfAsync(IResource resource, CancellationToken cancellationToken) =>
        SourceAsync(resource, Architecture.X64, [], cancellationToken);

    private async Task<EngineBuild> BuildAsync(
        IResource resource,
        DockerfileBuildAnnotation annotation,
        Architecture architecture,
        ImmutableArray<string> within,
        CancellationToken cancellationToken
    )
    {
        var text = await dockerfiles.ReadAsync(resource, annotation, cancellationToken);
        List<ImageArgument> images = [];
        ImmutableArray<ImageFiles> copied = [];
        if (text is not null)
        {
            copied = await FilesOfAsync(resource, architecture, within, cancellationToken);
            foreach (var source in copied.Select(files => files.Source).DistinctBy(source => source.Name))
            {
                if (DockerfileReader.NameSource(ref text, source.Resource) is { } argument)
                {
                    images.Add(new ImageArgument(argument, source));
                }
            }
        }

        var (given, secrets) = arguments.Read(resource, annotation);
        return new EngineBuild(resource.Name, resource.Name)
        {
            Dockerfile = text,
            Ignored = text is null ? null : DockerfileReader.IgnoredBy(annotation),
            Author = new AuthorsBuild(
                annotation.ContextPath,
                Path.GetRelativePath(appHostDirectory, annotation.ContextPath).Replace('\\', '/'),
                text is null ? annotation.DockerfilePath : null,
                annotation.Stage
            ),
            Images = [.. images],
            Copied = [.. copied.Where(files => images.Exists(image => image.Build.Name == files.Source.Name))],
            Arguments = given,
            Secrets = secrets,
            Architecture = architecture,
        };
    }

    /// <summary>The files of other images that a resource is to have (PublishWithContainerFiles).</summary>
    private async Task<ImmutableArray<ImageFiles>> FilesOfAsync(
        IResource resource,
        Architecture architecture,
        ImmutableArray<string> within,
        CancellationToken cancellationToken
    )
    {
        List<ImageFiles> files = [];
        within = within.Add(resource.Name);
        foreach (var annotation in resource.Annotations.OfType<ContainerFilesDestinationAnnotation>())
        {
            var name = annotation.Source.Name;
            if (within.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                var circle = string.Join(" → ", within.Append(name).Select(member => $"'{member}'"));
                refusals.Add(
                    resource.Name,
                    $"Images take files of each other in a circle: {circle} (PublishWithContainerFiles). Take one " + "of the calls away."
                );
                continue;
            }

            // The one that the model has now, whatever it was when it was named.
            var source = model.Resources.FirstOrDefault(other => ResourceNames.Comparer.Equals(other, annotation.Source))
                ?? annotation.Source;
            ImmutableArray<string> paths =
            [
                .. source
                    .Annotations.OfType<ContainerFilesSourceAnnotation>()
                    .Select(path => path.SourcePath)
                    .Distinct(StringComparer.Ordinal),
            ];
            if (paths.Length == 0)
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' is to have the files of '{name}' (PublishWithContainerFiles), which does "
                        + $"not say where they are in its image. Add {name}.WithContainerFilesSource(\"/app/dist\")."
                );
            }
            else if (await SourceAsync(source, architecture, within, cancellationToken) is { } build)
            {
                files.Add(new ImageFiles(build, paths, annotation.DestinationPath));
            }
            else
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' is to have the files of '{name}' (PublishWithContainerFiles), which has "
                        + "no Dockerfile and no image that they could be taken from. "
                        + $"Say how its image is built: {name}.PublishAsDockerFile(), or AddDockerfile."
                );
            }
        }

        return [.. files];
    }

    private async Task<EngineBuild?> SourceAsync(
        IResource source,
        Architecture architecture,
        ImmutableArray<string> within,
        CancellationToken cancellationToken
    ) =>
        DockerfileOf(source) is { } annotation ? await BuildAsync(source, annotation, architecture, within, cancellationToken)
        : source.TryGetContainerImageName(out var image) ? LayerDockerfile.Write(source.Name, architecture, null, image, [], Layer.Empty)
        : null;

    private static DockerfileBuildAnnotation? DockerfileOf(IResource resource) =>
        resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault();
}
