using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Files of the image in the folder of a volume. A named volume of Docker or Podman starts with what the image has there; Amazon EFS starts
/// empty, and hides it: https://docs.docker.com/engine/storage/volumes/#mounting-a-volume-over-existing-data. What publish itself puts into
/// the image must be seen.
/// </summary>
internal static class HiddenFiles
{
    /// <returns>The mounts, each where it hides nothing that is known.</returns>
    public static ImmutableArray<Mount> Uncover(
        PublishedResource resource,
        BuiltImage? built,
        ImmutableArray<Volume> volumes,
        ImmutableArray<Mount> mounts,
        Refusals refusals,
        ICollection<Notice> notices
    )
    {
        string[] files = [.. FilesOf(built)];
        return
        [
            .. mounts.Select(mount =>
                volumes.Any(volume => volume.Name == mount.Volume && volume.FileSystem is not null) ? Move(mount) : mount
            ),
        ];

        Mount Move(Mount mount)
        {
            if (Array.Find(files, file => IsWithin(file, mount.Path)) is not { } hidden)
            {
                return mount;
            }

            if (
                resource.Known?.DataWithin is { } within
                && within.Folder == mount.Path.TrimEnd('/')
                && !Array.Exists(files, file => IsWithin(file, within.Data))
            )
            {
                notices.Add(
                    new Notice(
                        resource.Name,
                        $"keeps {within.Data} in the volume '{mount.Volume}', where {resource.Known.Name} "
                            + $"has its data, in place of all of {mount.Path}: there the volume would hide what is in the image ({hidden})."
                    )
                );
                return mount with { Path = within.Data };
            }

            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has the volume '{mount.Volume}' at {mount.Path}, which hides what the model "
                    + "puts into its image there "
                    + $"({hidden}): Amazon EFS starts empty, where a volume of Docker starts with what the image has. Mount the volume on the "
                    + "folder of the data alone (WithVolume), or put the files elsewhere."
            );
            return mount;
        }
    }

    private static bool IsWithin(string file, string folder) => file.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <summary>What publish puts into the image, by absolute paths; that of another image by the folder that it goes to.</summary>
    private static IEnumerable<string> FilesOf(BuiltImage? built) =>
        built is null
            ? []
            :
            [
                .. (built.Build?.Files ?? []).Where(file => file.Content is not null).Select(file => $"/{file.Path}"),
                .. built
                    .Files.Concat(built.Build?.Copied ?? [])
                    .Select(files => files.Destination.TrimEnd('/') + '/')
                    .Where(path => path[0] == '/'),
            ];
}
