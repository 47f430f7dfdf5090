using System.Globalization;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Profiles;

namespace Api.Outbox;

/// <summary>
/// One object in the bucket for each process that sends jobs, <c>senders/{name}</c>: written again and again while it lives, it says from
/// which time on profiles may be in its hands.
/// </summary>
internal sealed class SenderRecords(IAmazonS3 s3, ProfileResources resources)
{
    private const string Root = "senders/";

    public Task WriteAsync(string name, DateTimeOffset since, CancellationToken cancellationToken) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = resources.Bucket,
                Key = Root + name,
                ContentType = "text/plain",
                InputStream = new MemoryStream(Encoding.ASCII.GetBytes(since.ToString("O", CultureInfo.InvariantCulture)), writable: false),
            },
            cancellationToken
        );

    /// <summary>Those that have not been written since then.</summary>
    public async Task<IReadOnlyList<SenderRecord>> ListSilentAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var listing = await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = resources.Bucket, Prefix = Root },
            cancellationToken
        );
        return
        [
            .. (listing.S3Objects ?? [])
                .Select(found => new SenderRecord(found.Key[Root.Length..], found.LastModified!.Value.ToUniversalTime()))
                .Where(record => record.WrittenAt < since),
        ];
    }

    /// <summary>From which time on profiles may be in its hands; null where the record is gone.</summary>
    public async Task<DateTimeOffset?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await s3.GetObjectAsync(resources.Bucket, Root + name, cancellationToken);
            using var reader = new StreamReader(response.ResponseStream);
            return DateTimeOffset.ParseExact(await reader.ReadToEndAsync(cancellationToken), "O", CultureInfo.InvariantCulture);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "NoSuchKey")
        {
            return null;
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        s3.DeleteObjectAsync(resources.Bucket, Root + name, cancellationToken);
}

/// <param name="Name">The process.</param>
/// <param name="WrittenAt">When it was heard of last, by the clock of S3.</param>
internal sealed record SenderRecord(string Name, DateTimeOffset WrittenAt);
