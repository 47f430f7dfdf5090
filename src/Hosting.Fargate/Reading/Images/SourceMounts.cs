using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Mounts of this machine's files. One that is read-only, and whose files are in the checkout, says what WithContainerFiles says, which
/// where the model is published is such a mount itself: the files go into the image. So do those that programs read and never write, which
/// nobody marks: scripts that a database runs as it starts for the first time, what lies under <c>/etc</c>, and a single file, such as one
/// of settings. Any other mount is of this machine alone.
/// </summary>
/// <param name="appHostDirectory">The folder of the AppHost's project.</param>
/// <param name="resources">What is published: a folder that one writes is no copy in the image of another.</param>
internal sealed partial class SourceMounts(string appHostDirectory, IEnumerable<IResource> resources)
{
    /// <summary>
    /// Folders that a program reads. The first two: https://hub.docker.com/_/postgres#initialization-scripts, and likewise of MySQL,
    /// MariaDB and MongoDB. The others: https://hub.docker.com/_/eclipse-mosquitto, https://www.keycloak.org/server/containers, and where
    /// dashboards are provisioned by custom: https://grafana.com/docs/grafana/latest/administration/provisioning/.
    /// </summary>
    private static readonly string[] s_readFolders =
    [
        "/docker-entrypoint-initdb.d",
        "/docker-entrypoint-startdb.d",
        "/etc",
        "/mosquitto/config",
        "/opt/keycloak/data/import",
        "/opt/keycloak/providers",
        "/opt/keycloak/themes",
        "/var/lib/grafana/dashboards",
    ];

    /// <summary>What a program writes although it is a single file: a database, a log, what says who is running.</summary>
    private static readonly string[] s_written = [".db", ".db3", ".sqlite", ".sqlite3", ".mdf", ".ldf", ".log", ".lock", ".pid"];

    private readonly string _root = RootOf(appHostDirectory);

    private readonly List<MountOf> _mounts =
    [
        .. resources.SelectMany(
            resource => resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.BindMount),
            (resource, mount) => new MountOf(resource.Name, mount)
        ),
    ];

    /// <summary>Why the files of a mount are not in the image, to go on after "which"; null where they are.</summary>
    public string? WhyNot(ContainerMountAnnotation mount) =>
        mount.Type != ContainerMountType.BindMount ? "is a volume"
        : IsOfEngine(mount)
            ? "is the socket of the container engine, and on Fargate a task reaches none. Mount it in run mode alone "
                + "(builder.ExecutionContext.IsRunMode), or leave the container out: .ExcludeFromManifest()."
        : mount.Source is { } own && OfHost().IsMatch(own)
            ? "is of the machine that runs the containers, of which a task on Fargate sees nothing. What looks at that machine, for its "
                + "metrics or the logs of its containers, is of no use there, and CloudWatch has both: leave the container out "
                + "(.ExcludeFromManifest()), or mount it in run mode alone (builder.ExecutionContext.IsRunMode)."
        : !IsRead(mount)
            ? "a task on AWS does not see. Copy it into the image (WithDockerfile), mount it read-only (isReadOnly: true), "
                + "which copies it into the image, or use WithVolume for data, which goes to Amazon EFS. What the image has itself, mount "
                + "in run mode alone (builder.ExecutionContext.IsRunMode)."
                + (
                    OthersWith(mount).ToList() is { Count: > 0 } others
                        ? $" {string.Join(" and ", others)} {(others.Count == 1 ? "mounts" : "mount")} the same: a volume of the same name "
                            + "in each is one file system."
                        : ""
                )
        : WriterOf(mount) is { } writer
            ? $"'{writer}' writes, so that a copy in the image has nothing of it. Use a volume of the same name in both: "
                + "WithVolume(\"…\", path), with isReadOnly: true here."
        : mount.Source is not { } source || !Path.Exists(source) ? "is not there. Name a file or folder of the checkout."
        : !IsWithin(source)
            ? "is outside of the checkout, and so of this machine alone. Copy it into the checkout, or into the image "
                + "(WithDockerfile)."
        : !File.Exists(source) && !Directory.Exists(source) || LinksOut(source) is not null
            ? "has more in it than files of the checkout: " + "links out of it, or a socket. Copy the files themselves."
        : null;

    /// <summary>
    /// What the author wrote: an integration's WithInitFiles and WithContainerFiles are read-only mounts where the model is published.
    /// </summary>
    public static string MethodOf(ContainerMountAnnotation mount) =>
        mount switch
        {
            { IsReadOnly: false } => "WithBindMount",
            { Source: { } source } when !Path.Exists(source) => "WithBindMount",
            { Target: "/docker-entrypoint-initdb.d" or "/opt/oracle/scripts/startup" } => "WithInitFiles",
            { Target: "/opt/keycloak/data/import" } => "WithRealmImport",
            _ => "WithContainerFiles, WithBindMount",
        };

    /// <summary>
    /// Whether a mount is where a known program keeps its data on a laptop (<c>WithDataBindMount</c>): a folder that it writes, and that
    /// holds nothing for it to read.
    /// </summary>
    public static bool IsOfData(ContainerMountAnnotation mount, KnownImage? known) =>
        mount.Type == ContainerMountType.BindMount && known is not null && !IsRead(mount) && !File.Exists(mount.Source);

    /// <summary>What a mount is of, for a message: the name of the file or folder.</summary>
    public static string LabelOf(ContainerMountAnnotation mount) =>
        Path.GetFileName(mount.Source!.TrimEnd('/', '\\')) is { Length: > 0 } name ? name : mount.Source!;

    /// <summary>The path of a mount's source from the top of the checkout.</summary>
    public string NameOf(ContainerMountAnnotation mount) => Path.GetRelativePath(_root, mount.Source!).Replace('\\', '/');

    /// <summary>
    /// Where the files are in the container. A file that is put into a folder, as WithContainerFiles does it, has the same target as the
    /// folder: what is named like the file, or has its extension, is the file.
    /// </summary>
    public static string TargetOf(ContainerMountAnnotation mount)
    {
        var name = Path.GetFileName(mount.Source!);
        var isFolder =
            File.Exists(mount.Source)
            && Path.GetFileName(mount.Target) != name
            && !Path.GetExtension(mount.Target).Equals(Path.GetExtension(name), StringComparison.OrdinalIgnoreCase);
        return isFolder ? $"{mount.Target.TrimEnd('/')}/{name}" : mount.Target;
    }

    /// <summary>Whether what is in the container only reads what is mounted: the model says so, or the place does.</summary>
    private static bool IsRead(ContainerMountAnnotation mount) =>
        mount.IsReadOnly
        || Array.Exists(s_readFolders, folder =>
            mount.Target.TrimEnd('/') == folder || mount.Target.StartsWith(folder + '/', StringComparison.Ordinal)
        )
        || (File.Exists(mount.Source) && !s_written.Contains(Path.GetExtension(mount.Source), StringComparer.OrdinalIgnoreCase));

    /// <summary>Who else has a mount of the same files.</summary>
    private IEnumerable<string> OthersWith(ContainerMountAnnotation mount) =>
        _mounts.Where(other => other.Mount != mount && SameSource(other.Mount, mount)).Select(other => $"'{other.Resource}'").Distinct();

    /// <summary>Who writes the folder of a mount that only reads it; null where nobody does.</summary>
    private string? WriterOf(ContainerMountAnnotation mount) =>
        Directory.Exists(mount.Source)
            ? _mounts.FirstOrDefault(other => SameSource(other.Mount, mount) && !IsRead(other.Mount))?.Resource
            : null;

    private static bool SameSource(ContainerMountAnnotation one, ContainerMountAnnotation other) =>
        one.Source is { } source && other.Source?.TrimEnd('/', '\\') == source.TrimEnd('/', '\\');

    private static bool IsOfEngine(ContainerMountAnnotation mount) =>
        mount.Source is { } source
        && (source.EndsWith("/docker.sock", StringComparison.Ordinal) || source.EndsWith("/podman.sock", StringComparison.Ordinal));

    private bool IsWithin(string path) => Path.GetFullPath(path).StartsWith(_root, StringComparison.Ordinal);

    /// <summary>A link that leads out of the checkout.</summary>
    private string? LinksOut(string source) =>
        !Directory.Exists(source)
            ? Leads(new FileInfo(source))
            : new DirectoryInfo(source)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Select(Leads)
                .FirstOrDefault(link => link is not null);

    private string? Leads(FileSystemInfo entry) =>
        entry.ResolveLinkTarget(returnFinalTarget: true) is { } target && !IsWithin(target.FullName) ? entry.FullName : null;

    /// <summary>The top of the checkout; without one, the folder that has the AppHost's and its neighbours.</summary>
    private static string RootOf(string appHostDirectory)
    {
        var own = Path.GetFullPath(appHostDirectory);
        var top = own;
        while (top is not null && !Path.Exists(Path.Combine(top, ".git")))
        {
            top = Path.GetDirectoryName(top);
        }

        top ??= Path.GetDirectoryName(own) ?? own;
        return Path.EndsInDirectorySeparator(top) ? top : top + Path.DirectorySeparatorChar;
    }

    /// <summary>The folders of a machine that what watches it mounts, as node exporters, cAdvisor and collectors of logs do.</summary>
    [GeneratedRegex(
        @"\A(?:/(?:dev(?:/.*)?)?|(?:[A-Za-z]:)?[\\/](?:(?:proc|sys|var[\\/](?:run|log|lib[\\/](?:docker|containers|containerd)))(?:[\\/].*)?"
            + @"|etc[\\/](?:machine-id|hostname|localtime|timezone))|[A-Za-z]:[\\/])\z"
    )]
    private static partial Regex OfHost();

    private sealed record MountOf(string Resource, ContainerMountAnnotation Mount);
}
