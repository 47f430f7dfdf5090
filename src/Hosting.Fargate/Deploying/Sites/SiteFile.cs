using System.Security.Cryptography;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>A file of a site as it was built.</summary>
/// <param name="Path">Its path under the site's address, without the first slash.</param>
/// <param name="FullPath">Where it is on this machine.</param>
/// <param name="Hash">
/// What S3 calls the ETag of an object that was put whole and encrypted with S3's own keys, so that a list of the bucket says what is
/// there:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html.
/// </param>
internal sealed record SiteFile(string Path, string FullPath, string Hash)
{
    /// <summary>Pages: asked for each time.</summary>
    public const string NeverKept = "no-cache";

    /// <summary>
    /// What has no hash in its name: a browser asks each time whether it has changed, CloudFront once an hour, and deploy tells it of
    /// what has.
    /// </summary>
    public const string KeptAtTheEdge = "public, max-age=0, s-maxage=3600, must-revalidate";

    /// <summary>What has: for a year, for another content has another name.</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    public bool IsPage => Path.EndsWith(".html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its name is made of its content, so that it may be there before what refers to it.</summary>
    public bool IsImmutable { get; init; } = HashedNames.Match(Path);

    public string CacheControl =>
        IsPage ? NeverKept
        : IsImmutable ? Immutable
        : KeptAtTheEdge;

    public string ContentType => ContentTypes.Of(Path);

    /// <summary>When it is sent among those that are switched: what pages refer to first, the page that all begin with last.</summary>
    public int Turn =>
        !IsPage ? 0
        : Path != "index.html" ? 1
        : 2;

    public static async Task<SiteFile> ReadAsync(string folder, string path, CancellationToken cancellationToken)
    {
        var full = System.IO.Path.Combine(folder, path);
        await using var content = File.OpenRead(full);
#pragma warning disable CA5351 // Not for safety: it is what S3 says of an object.
        return new SiteFile(path, full, Convert.ToHexStringLower(await MD5.HashDataAsync(content, cancellationToken)));
#pragma warning restore CA5351
    }
}
