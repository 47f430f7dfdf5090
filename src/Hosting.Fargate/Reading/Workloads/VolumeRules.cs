using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Volumes on EFS: whose their files are, and that what keeps data in them is alone.</summary>
internal static class VolumeRules
{
    /// <summary>
    /// As whom a volume's files are read and written, where the model does not say: by the image, and else .NET's user or the first that a
    /// system gives.
    /// </summary>
    public static (int Uid, int Gid) OwnerOf(PublishedResource resource) =>
        resource.IsProject ? (1654, 1654)
        : resource.Known?.UserOf(PublishedResource.ImageOf(resource.Resource) ?? "") is { } user ? user
        : (1000, 1000);

    /// <summary>The volumes on EFS that a container writes.</summary>
    public static IEnumerable<Volume> Written(WorkloadDraft draft) =>
        draft.Volumes.Where(volume =>
            volume.FileSystem is not null && draft.Mounts.Any(mount => mount.Volume == volume.Name && !mount.IsReadOnly)
        );

    /// <summary>Two at once on the files of a database destroy them: what is known to keep data so may neither scale nor overlap.</summary>
    public static void Check(WorkloadDraft draft, Refusals refusals)
    {
        if (
            draft.Resource is not { Known.KeepsData: true, Service: { } service } resource
            || Written(draft).FirstOrDefault() is not { } volume
        )
        {
            return;
        }

        var what = $"'{resource.Name}' keeps the data of {resource.Known.Name} in the volume '{volume.Name}', and ";
        if (service.Scaling is { Maximum: > 1 } scaling)
        {
            refusals.Add(
                resource.Name,
                what
                    + $"is to have up to {scaling.Maximum} tasks (Scale). Two at once on the same files destroy "
                    + "them. Take Scale away."
            );
        }

        if (service.Deployment is not (null or RollingDeployment { MaximumPercent: <= 100 }))
        {
            refusals.Add(
                resource.Name,
                what
                    + "a new task is to start before the old one has ended (Deployment). Two at once on the same "
                    + "files destroy them. Take Deployment away, or write DeploymentStrategy.Rolling(0, 100)."
            );
        }
    }

    /// <summary>Whether its data is in a database that it is told of, and none in its files.</summary>
    private static bool IsElsewhere(WorkloadDraft draft)
    {
        if (draft.Resource.Known?.DataElsewhere is not var (variable, option, ownFile))
        {
            return false;
        }

        var arguments = draft.Command.Select(argument => (argument as Text)?.Content ?? "").ToList();
        var at = arguments.FindIndex(argument => argument == option || argument.StartsWith(option + '=', StringComparison.Ordinal));
        var said =
            at < 0
                ? draft.Variables.FirstOrDefault(told => told.Name == variable)?.Value is { } value
                    ? (value as Text)?.Content ?? "…"
                    : null
                : arguments[at].Contains('=', StringComparison.Ordinal)
                    ? arguments[at][(option.Length + 1)..]
                    : arguments.ElementAtOrDefault(at + 1);
        return said is { Length: > 0 } && !said.StartsWith(ownFile, StringComparison.Ordinal);
    }

    /// <summary>What whoever runs it should know of its data.</summary>
    public static IEnumerable<Notice> Notices(WorkloadDraft draft)
    {
        var resource = draft.Resource;
        if (resource.IsProject)
        {
            yield break;
        }

        var image = PublishedResource.ImageOf(resource.Resource);
        if (resource.Known is null)
        {
            foreach (
                var same in Written(draft)
                    .Where(volume => !resource.Options.VolumeOwners.Keys.Any(owned => VolumeNames.InTask(owned) == volume.Name))
                    .GroupBy(volume => new { volume.Uid, volume.Gid })
            )
            {
                var names = same.Select(volume => $"'{volume.FileSystem!.Name}'").ToList();
                yield return new Notice(
                    resource.Name,
                    $"reads and writes the volume{(names.Count == 1 ? "" : "s")} {string.Join(", ", names)} as "
                        + $"{same.Key.Uid}:{same.Key.Gid}, for "
                        + $"{(image is null ? "what its Dockerfile makes" : $"'{image}'")} is not known here. If its program runs as another "
                        + "user that is not root, or sets the owner of its files, say whose they are: "
                        + $"service.OwnVolume(\"{same.First().FileSystem!.Name}\", uid, gid).",
                    IsWarning: true
                );
            }
        }
        else if (
            resource.Known is { KeepsData: true, MayKeepNothing: false }
            && resource.Service is not null
            && !Written(draft).Any()
            && !IsElsewhere(draft)
        )
        {
            yield return Notice.Warning(
                resource.Name,
                $"runs {resource.Known.Name} without a volume",
                ": its data ends with its task, and each deploy of a new version, each restart is such an end. "
                    + $"Add WithDataVolume or WithVolume, or use {resource.Known.ManagedService}."
            );
        }

        if (resource.Known is { Memory: not null } known && resource.Options is { Cpu: null, Memory: null })
        {
            yield return new Notice(
                resource.Name,
                $"has {known.Cpu} CPU units and {known.Memory} MiB since the model says nothing else, "
                    + $"and {known.Name} wants that ({known.SizeSource}). service.Cpu and service.Memory say otherwise."
            );
        }
    }
}
