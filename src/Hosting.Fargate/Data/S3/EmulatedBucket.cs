using System.Runtime.CompilerServices;
using Amazon.S3.Model;

namespace Hosting.Fargate;

/// <summary>A bucket of the emulator, for who looks after it in the dashboard.</summary>
internal sealed class EmulatedBucket(EmulatedAws aws, string name)
{
    /// <summary>Whether there is one of that name.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        (await aws.S3.ListBucketsAsync(cancellationToken)).Buckets?.Exists(bucket => bucket.BucketName == name) == true;

    /// <summary>The objects by their keys.</summary>
    public async IAsyncEnumerable<S3Object> ObjectsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var request = new ListObjectsV2Request { BucketName = name, ContinuationToken = next };
            var page = await aws.S3.ListObjectsV2Async(request, cancellationToken);
            foreach (var item in page.S3Objects ?? [])
            {
                yield return item;
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (next is not null);
    }

    /// <summary>Deletes every object that there is.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DeleteObjectsAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        var keys = await ObjectsAsync(cancellationToken).Select(item => new KeyVersion { Key = item.Key }).ToListAsync(cancellationToken);
        // What one call takes: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html.
        foreach (var some in keys.Chunk(1000))
        {
            await aws.S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = name, Objects = [.. some] }, cancellationToken);
            deleted += some.Length;
        }

        return deleted;
    }
}
