using System.Text.RegularExpressions;
using Aspire.Hosting;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Publishing;

/// <summary>
/// The folder that publish writes to. It overwrites its own work alone: a template or README that somebody wrote or changed is refused
/// before anything is written. What an earlier publish left of stacks that are no more is removed.
/// </summary>
/// <param name="path">Where it is; it need not exist.</param>
internal sealed partial class OutputFolder(string path)
{
    /// <summary>Writes the files, and removes what an earlier publish left in the folders that are publish's alone.</summary>
    /// <param name="files">The files, without marks.</param>
    /// <param name="nested">The folder of nested stacks, as the files name it.</param>
    /// <param name="images">The folder of what images are built from.</param>
    /// <param name="cancellationToken">Ends writing between two files: none is ever written in part.</param>
    /// <exception cref="DistributedApplicationException">A file is not publish's to overwrite, or cannot be written.</exception>
    public async Task<IReadOnlyList<FileOutcome>> WriteAsync(
        IReadOnlyList<PublishedFile> files,
        string nested,
        string images,
        CancellationToken cancellationToken
    )
    {
        try
        {
            HashSet<string> written = [.. files.Select(file => file.Name)];
            string[] staleFolders = [.. StaleImages(images, written)];
            string[] stale = [.. StaleIn(nested, written), .. StalePolicies(written)];
            await ThrowIfNotOursAsync(
                [
                    .. files.Where(file => file.IsMarked).Select(file => file.Name),
                    .. stale.Where(ContentMark.Marks),
                    .. staleFolders.Where(IsOfBuild),
                ],
                cancellationToken
            );
            List<FileOutcome> outcomes = [];
            foreach (var file in files)
            {
                outcomes.Add(new(file.Name, await WriteAsync(file, cancellationToken)));
            }

            foreach (var name in stale.Concat(staleFolders))
            {
                File.Delete(Path.Combine(path, name));
                outcomes.Add(new(name, FileChange.Removed));
            }

            RemoveEmpty(Path.Combine(path, images));

            return outcomes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The templates cannot be written to '{path}': {exception.Message}", exception);
        }
    }

    /// <summary>What lies in a folder of nested stacks, looks like publish's and is not written any more.</summary>
    private string[] StaleIn(string nested, HashSet<string> written)
    {
        var folder = Path.Combine(path, nested);
        return !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder)
                    .Where(file => NestedTemplate().IsMatch(Path.GetFileName(file)))
                    .Select(file => $"{nested}/{Path.GetFileName(file)}")
                    .Where(name => !written.Contains(name) && (!ContentMark.Marks(name) || AuthorOf(name) is not Authorship.Somebody))
                    .Order(StringComparer.Ordinal),
            ];
    }

    /// <summary>What lies in the folder of an image that publish made, which its Dockerfile says, and is not written any more.</summary>
    private IEnumerable<string> StaleImages(string images, HashSet<string> written)
    {
        var folder = Path.Combine(path, images);
        return !Directory.Exists(folder)
            ? []
            : Directory
                .EnumerateDirectories(folder)
                .Where(image =>
                    File.Exists(Path.Combine(image, "Dockerfile"))
                    && AuthorOf($"{images}/{Path.GetFileName(image)}/Dockerfile") is not Authorship.Somebody
                )
                .SelectMany(image => Directory.EnumerateFiles(image, "*", SearchOption.AllDirectories))
                .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))
                .Where(name => !written.Contains(name))
                .Order(StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether a file of an image's folder is publish's own text: <c>shop.images/api/Dockerfile</c>, and none of the author's files that go
    /// into the image.
    /// </summary>
    private static bool IsOfBuild(string name) => name.Split('/') is [_, _, "Dockerfile" or "Dockerfile.dockerignore"];

    private static void RemoveEmpty(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var child in Directory.GetDirectories(folder))
        {
            RemoveEmpty(child);
        }

        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>The policies of an earlier publish that took more of them.</summary>
    private IEnumerable<string> StalePolicies(HashSet<string> written) =>
        !Directory.Exists(path)
            ? []
            : Directory
                .EnumerateFiles(path)
                .Select(file => Path.GetFileName(file))
                .Where(name => Policy().IsMatch(name) && !written.Contains(name))
                .Order(StringComparer.Ordinal);

    private async Task ThrowIfNotOursAsync(string[] names, CancellationToken cancellationToken)
    {
        List<string> refusals = [];
        foreach (var name in names.Where(name => File.Exists(Path.Combine(path, name))))
        {
            var author = ContentMark.AuthorOf(name, await File.ReadAllTextAsync(Path.Combine(path, name), cancellationToken));
            if (author is not Authorship.Publish)
            {
                refusals.Add($"  - '{name}' {Why(name, author)}");
            }
        }

        if (refusals.Count > 0)
        {
            throw new DistributedApplicationException(
                string.Join(
                    Environment.NewLine,
                    refusals.Prepend($"Nothing was written to '{path}', for publish overwrites no file that was made or changed by hand:")
                )
            );
        }
    }

    private static string Why(string name, Authorship author) =>
        (author, Path.GetExtension(name)) switch
        {
            (Authorship.Somebody, _) => "was not written by publish. Move it, or publish elsewhere with --output-path.",
            (_, ".yaml") => "was changed after publish wrote it. Make the change in the AppHost, where deploy sees it too "
                + "(ConfigureTemplate of the environment, Configure of a service), and delete the file.",
            (_, "" or ".dockerignore") =>
                "was changed after publish wrote it. Make the change where the AppHost says how the image is built, or write a Dockerfile of your own "
                    + "(WithDockerfile), and delete the file.",
            _ => "was changed after publish wrote it. Keep your text in a file of another name, and delete this one.",
        };

    private Authorship AuthorOf(string name) => ContentMark.AuthorOf(name, File.ReadAllText(Path.Combine(path, name)));

    private async Task<FileChange> WriteAsync(PublishedFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = Path.Combine(path, file.Name);
        var exists = File.Exists(target);
        var content = file.ToBytes();
        if (exists && (await File.ReadAllBytesAsync(target, cancellationToken)).AsSpan().SequenceEqual(content))
        {
            return FileChange.None;
        }

        // Beside it and then moved: half a template would look like one that was changed by hand.
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = target + ".unfinished";
        try
        {
            await File.WriteAllBytesAsync(unfinished, content, CancellationToken.None);
            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return exists ? FileChange.Changed : FileChange.New;
    }

    [GeneratedRegex("^(deployer|reader)-policy-[0-9]+[.]json$")]
    private static partial Regex Policy();

    /// <summary>
    /// The names that publish gives to the templates of nested stacks: for people by the stack, for CloudFormation by the content.
    /// </summary>
    [GeneratedRegex("[.]template[.]yaml$|^[0-9a-f]{64}[.]template[.]json$")]
    private static partial Regex NestedTemplate();
}

/// <summary>What became of a file.</summary>
internal sealed record FileOutcome(string Name, FileChange Change);

/// <summary>How a file differs from what was there.</summary>
internal enum FileChange
{
    None,
    New,
    Changed,
    Removed,
}
