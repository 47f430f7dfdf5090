using System.Security.Cryptography;
using System.Text;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>A site with the files that its build left.</summary>
internal sealed record BuiltSite(Site Site, IReadOnlyList<SiteFile> Files)
{
    /// <summary>What the files are: the same for the same files, so that a release that comes back is known.</summary>
    public string Release { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Files.Select(file => $"{file.Path} {file.Hash}")))).AsSpan(0, 8)
        );

    /// <exception cref="SiteException">There are no files, or none to begin with.</exception>
    public static async Task<BuiltSite> ReadAsync(Site site, string folder, CancellationToken cancellationToken)
    {
        List<SiteFile> files = [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (
            var path in (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", options) : [])
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Where(path => Path.GetFileName(path) is not (".DS_Store" or "Thumbs.db"))
                .Order(StringComparer.Ordinal)
        )
        {
            files.Add(await SiteFile.ReadAsync(folder, path, cancellationToken));
        }

        return files.Exists(file => file.Path == "index.html")
            ? new BuiltSite(site, files)
            : throw new SiteException(
                $"The build of '{site.Name}' left no index.html in {site.Build.Output}. Say where its files are: "
                    + ".PublishAsStaticSite(site => "
                    + $"site.OutputFolder = \"{(site.Build is LocalBuild ? "dist/…" : "/app/…")}\")."
            );
    }
}

/// <summary>Why the files of a site are not built; whole sentences.</summary>
internal sealed class SiteException(string message) : Exception(message);
