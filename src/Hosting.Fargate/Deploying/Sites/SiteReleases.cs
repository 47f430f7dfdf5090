using System.Net;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>
/// A bucket with the files of a site, and the releases that it has had: each a list of its files, written once all of it was there. Files
/// of the ten newest stay, for pages that are open and for going back.
/// </summary>
/// <param name="s3">S3.</param>
/// <param name="owner">The account that the bucket must be of: its name alone may be another's by now.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="time">The clock by which files grow old.</param>
internal sealed class SiteReleases(IAmazonS3 s3, string owner, string bucket, TimeProvider time)
{
    private const string Folder = "releases/";

    private const int Kept = 10;

    /// <summary>What no release has, and is younger, may be of a deploy that goes on.</summary>
    private static readonly TimeSpan s_unfinished = TimeSpan.FromDays(1);

    /// <summary>What is there, by path: what S3 says of its content, and since when.</summary>
    public async Task<IReadOnlyDictionary<string, (string Hash, DateTime Since)>> FilesAsync(CancellationToken cancellationToken) =>
        (await ListAsync($"{Site.Files}/", cancellationToken)).ToDictionary(
            item => item.Key[(Site.Files.Length + 1)..],
            item => (item.ETag.Trim('"'), item.LastModified?.ToUniversalTime() ?? time.GetUtcNow().UtcDateTime),
            StringComparer.Ordinal
        );

    /// <summary>The releases, the newest first.</summary>
    public async Task<IReadOnlyList<SiteRelease>> ListAsync(CancellationToken cancellationToken) =>
        [
            .. (await ListAsync(Folder, cancellationToken))
                .OrderByDescending(item => item.LastModified)
                .Select(item => new SiteRelease(Path.GetFileNameWithoutExtension(item.Key), item.LastModified?.ToUniversalTime())),
        ];

    /// <summary>The files of a release, by path; none where it is no release.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FilesOfAsync(SiteRelease release, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await s3.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = bucket,
                    Key = KeyOf(release.Id),
                    ExpectedBucketOwner = owner,
                },
                cancellationToken
            );
            return await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(
                answer.ResponseStream,
                cancellationToken: cancellationToken
            ) ?? [];
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return new Dictionary<string, string>();
        }
    }

    public async Task PutAsync(SiteFile file, CancellationToken cancellationToken) =>
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = $"{Site.Files}/{file.Path}",
                FilePath = file.FullPath,
                ContentType = file.ContentType,
                Headers = { CacheControl = file.CacheControl },
                ExpectedBucketOwner = owner,
            },
            cancellationToken
        );

    /// <summary>Writes down that all of a release is there: the last thing that is done for it.</summary>
    public async Task CompleteAsync(BuiltSite site, CancellationToken cancellationToken) =>
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = KeyOf(site.Release),
                ContentBody = JsonSerializer.Serialize(site.Files.ToDictionary(file => file.Path, file => file.Hash)),
                ContentType = "application/json",
                ExpectedBucketOwner = owner,
            },
            cancellationToken
        );

    /// <summary>Deletes old releases, and the files that no other has.</summary>
    /// <returns>How many files.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var releases = await ListAsync(cancellationToken);
        if (releases.Count == 0)
        {
            return 0;
        }

        HashSet<string> needed = new(StringComparer.Ordinal);
        foreach (var release in releases.Take(Kept))
        {
            needed.UnionWith((await FilesOfAsync(release, cancellationToken)).Keys);
        }

        string[] old =
        [
            .. Old(await FilesAsync(cancellationToken), needed, time.GetUtcNow().UtcDateTime).Select(path => $"{Site.Files}/{path}"),
        ];
        foreach (var keys in old.Concat(releases.Skip(Kept).Select(release => KeyOf(release.Id))).Chunk(1000))
        {
            await s3.DeleteObjectsAsync(
                new DeleteObjectsRequest
                {
                    BucketName = bucket,
                    ExpectedBucketOwner = owner,
                    Objects = [.. keys.Select(key => new KeyVersion { Key = key })],
                },
                cancellationToken
            );
        }

        return old.Length;
    }

    /// <summary>The files that no release needs, and no deploy that goes on.</summary>
    internal static IEnumerable<string> Old(
        IReadOnlyDictionary<string, (string Hash, DateTime Since)> files,
        IReadOnlySet<string> needed,
        DateTime now
    ) => files.Where(file => !needed.Contains(file.Key) && file.Value.Since < now - s_unfinished).Select(file => file.Key);

    private static string KeyOf(string release) => $"{Folder}{release}.json";

    private async Task<List<S3Object>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        List<S3Object> all = [];
        var request = new ListObjectsV2Request
        {
            BucketName = bucket,
            Prefix = prefix,
            ExpectedBucketOwner = owner,
        };
        do
        {
            var page = await s3.ListObjectsV2Async(request, cancellationToken);
            all.AddRange(page.S3Objects ?? []);
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
        return all;
    }
}

/// <summary>A release of a site.</summary>
/// <param name="Id">What its files are.</param>
/// <param name="Since">When it was switched to last, UTC.</param>
internal sealed record SiteRelease(string Id, DateTime? Since);
