using System.Text;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Files as they lie in an image, gathered from all that the model says of them.</summary>
internal sealed class LayerTree
{
    private const UnixFileMode AnyFile =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;
    private const UnixFileMode Program = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly SortedDictionary<string, LayerFile> _files = new(StringComparer.Ordinal);
    private readonly List<LayerCopy> _copies = [];

    /// <summary>What of the files cannot be in an image; null where all can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Adds what WithContainerFiles says.</summary>
    public void Add(string root, IReadOnlyList<ContainerFileSystemItem> items, int uid, int gid, UnixFileMode umask)
    {
        if (items.Count == 0)
        {
            return;
        }

        _copies.Add(new LayerCopy(root, IsFolder: true, uid, gid));
        AddFolders(root, Readable | Program);
        foreach (var item in items)
        {
            Add(root, item, uid, gid, umask);
        }
    }

    /// <summary>Adds what is mounted read-only.</summary>
    /// <returns>How many files.</returns>
    public int Add(ContainerMountAnnotation mount)
    {
        var root = SourceMounts.TargetOf(mount).Trim('/');
        if (File.Exists(mount.Source))
        {
            _copies.Add(new LayerCopy(root, IsFolder: false, 0, 0));
            AddFile(root, mount.Source!);
            return 1;
        }

        _copies.Add(new LayerCopy(root, IsFolder: true, 0, 0));
        AddFolders(root, Readable | Program);
        var files = Directory.GetFiles(mount.Source!, "*", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            AddFile($"{root}/{Path.GetRelativePath(mount.Source!, file).Replace('\\', '/')}".TrimStart('/'), file);
        }

        return files.Length;
    }

    public Layer ToLayer() =>
        new([.. _files.Values], [.. _copies.Distinct().OrderBy(copy => copy.Path.Length == 0 ? 0 : copy.Path.Count(c => c == '/') + 1)]);

    private void Add(string folder, ContainerFileSystemItem item, int uid, int gid, UnixFileMode umask)
    {
        var path = $"{folder}/{item.Name}".TrimStart('/');
        var (ownerUid, ownerGid) = (item.Owner ?? uid, item.Group ?? gid);
        if ((ownerUid, ownerGid) != (uid, gid))
        {
            _copies.Add(new LayerCopy(path, item is ContainerDirectory, ownerUid, ownerGid));
        }

        switch (item)
        {
            case ContainerDirectory directory:
                _files[path] = new LayerFile(path, Content: null, item.Mode != 0 ? item.Mode : (AnyFile | Program) & ~umask);
                foreach (var entry in directory.Entries)
                {
                    Add(path, entry, ownerUid, ownerGid, umask);
                }

                break;
            case ContainerFile file:
                if (file is { Contents: not null, SourcePath: not null })
                {
                    Problem = $"gets the file /{path} (WithContainerFiles) with both Contents and SourcePath. Keep one of them.";
                }
                else if (file.SourcePath is { } source && !File.Exists(source))
                {
                    Problem ??=
                        file.ContinueOnError == true
                            ? null
                            : $"gets the file /{path} (WithContainerFiles) from " + $"{Path.GetFileName(source)}, which is not there.";
                }
                else
                {
                    var content = file.SourcePath is { } there ? File.ReadAllBytes(there) : s_utf8.GetBytes(file.Contents ?? "");
                    _files[path] = new LayerFile(path, content, item.Mode != 0 ? item.Mode : AnyFile & ~umask);
                }

                break;
            default:
                Problem =
                    $"gets /{path} (WithContainerFiles), which is of type {item.GetType().Name}: what is made of it on this machine an "
                    + "image has not. Copy the certificate into the image by a Dockerfile (WithDockerfile), which can run what it takes.";
                break;
        }
    }

    private void AddFile(string path, string source)
    {
        AddFolders(path[..Math.Max(path.LastIndexOf('/'), 0)], Readable | Program);
        var isProgram = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(source) & UnixFileMode.UserExecute) != 0;
        _files[path] = new LayerFile(path, File.ReadAllBytes(source), isProgram ? Readable | Program : Readable);
    }

    private void AddFolders(string path, UnixFileMode mode)
    {
        for (var folder = path; folder.Length > 0; folder = folder[..Math.Max(folder.LastIndexOf('/'), 0)])
        {
            _files.TryAdd(folder, new LayerFile(folder, Content: null, mode));
        }
    }
}
