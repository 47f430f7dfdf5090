using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Files that the model puts into a container, and that become a layer of its image.</summary>
/// <param name="Files">The files and folders.</param>
/// <param name="Copies">How they are copied, what is nearest to the root first.</param>
internal sealed record Layer(ImmutableArray<LayerFile> Files, ImmutableArray<LayerCopy> Copies)
{
    public static Layer Empty { get; } = new([], []);
}

/// <summary>A file or folder that is copied, with all that is in it.</summary>
/// <param name="Path">The path in the image, without the first slash.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Uid">Whose it is there.</param>
/// <param name="Gid">The group.</param>
internal sealed record LayerCopy(string Path, bool IsFolder, int Uid, int Gid);

/// <summary>
/// What WithContainerFiles and its like say, and what is mounted read-only from the folders of the model: it is known now, and goes into
/// the image.
/// </summary>
internal sealed class LayerReader(
    DistributedApplicationExecutionContext executionContext,
    SourceMounts mounts,
    SecretsInFiles secrets,
    Refusals refusals,
    ICollection<Notice> notices
)
{
    /// <summary>What a resource's files may have together: they are in the output folder, and in every checkout.</summary>
    private const long MostBytes = 64 << 20;

    public async Task<Layer> ReadAsync(IResource resource, CancellationToken cancellationToken)
    {
        LayerTree tree = new();
        try
        {
            foreach (var annotation in resource.Annotations.OfType<ContainerFileSystemCallbackAnnotation>())
            {
                var context = new ContainerFileSystemCallbackContext { Model = resource, Services = executionContext.Services };
                var root = annotation.DestinationPath.Trim('/');
                tree.Add(
                    root,
                    [.. await annotation.Callback(context, cancellationToken)],
                    annotation.DefaultOwner ?? 0,
                    annotation.DefaultGroup ?? 0,
                    annotation.Umask ?? (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)
                );
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has files for its container (WithContainerFiles) that cannot be made where "
                    + $"the model is published: {exception.Message} Give text or files that are there, or leave them out where the model is "
                    + "published (builder.ExecutionContext.IsPublishMode)."
            );
            return Layer.Empty;
        }

        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mounts.WhyNot(mount) is null))
        {
            var count = tree.Add(mount);
            notices.Add(
                new Notice(
                    resource.Name,
                    $"has {(count == 1 ? "one file" : $"{count} files")} of '{mounts.NameOf(mount)}' at "
                        + $"{SourceMounts.TargetOf(mount)} in its image: what is mounted here is copied there, and changes with the next deploy."
                )
            );
        }

        if (tree.Problem is { } problem)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' {problem}");
            return Layer.Empty;
        }

        var layer = tree.ToLayer();
        if (layer.Files.Sum(file => file.Content?.LongLength ?? 0) > MostBytes)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' gets more than {MostBytes >> 20} MiB of files from this machine "
                    + "(WithContainerFiles, WithBindMount). Copy them into the image by a Dockerfile (WithDockerfile), or keep them on a "
                    + "volume (WithVolume) or in a bucket."
            );
            return Layer.Empty;
        }

        foreach (var (path, what) in await secrets.FindAsync(layer.Files, cancellationToken))
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' gets the file /{path} (WithContainerFiles), and {what}, which everybody would "
                    + "read who has the image. Give the secret as an environment variable, which ECS fills from Secrets Manager, and let the "
                    + "program read that."
            );
        }

        return layer;
    }
}
