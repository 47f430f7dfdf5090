using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Conformance;

public sealed class LocalAwsS3BucketConformanceTests(LocalAwsEmulator emulator)
    : S3BucketConformanceTests(emulator),
        IClassFixture<LocalAwsEmulator>;

public sealed class MotoS3BucketConformanceTests(MotoEmulator emulator) : S3BucketConformanceTests(emulator), IClassFixture<MotoEmulator>;

/// <summary>Buckets, and the keys that they list.</summary>
public abstract class S3BucketConformanceTests(Emulator emulator) : ConformanceTests(emulator)
{
    private IAmazonS3 S3 => Emulator.S3;

    [Fact]
    public async Task A_bucket_is_created_found_listed_and_deleted()
    {
        var bucket = NewName("bucket");
        await S3.PutBucketAsync(bucket);

        Assert.Equal(HttpStatusCode.OK, (await S3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket })).HttpStatusCode);
        Assert.Contains(bucket, (await S3.ListBucketsAsync()).Buckets.Select(listed => listed.BucketName));
        Assert.Equal("", (await S3.GetBucketLocationAsync(bucket)).Location?.Value ?? "");
        await S3.DeleteBucketAsync(bucket);

        var exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            S3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket })
        );
        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task A_bucket_with_objects_cannot_be_deleted()
    {
        var bucket = await CreateAsync("key");
        var exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => S3.DeleteBucketAsync(bucket));
        Assert.Equal(("BucketNotEmpty", HttpStatusCode.Conflict), (exception.ErrorCode, exception.StatusCode));
    }

    [Fact]
    public async Task A_name_that_s3_does_not_take_is_refused()
    {
        await RefusedButByMotoAsync<AmazonS3Exception>(
            () => S3.PutBucketAsync("Upper_Case"),
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"
        );
    }

    [Fact]
    public async Task Keys_are_listed_in_the_order_of_their_bytes()
    {
        string[] keys = ["A", "a", "a/b", "a0", "\u00e9", "\uFFFD", "\U0001F600"];
        var bucket = await CreateAsync([.. keys.Reverse()]);
        var listed = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        Assert.Equal(keys, listed.S3Objects.Select(o => o.Key));
        Assert.All(listed.S3Objects, o => Assert.Equal(1, o.Size));
    }

    [Fact]
    public async Task Keys_are_listed_in_pages()
    {
        var keys = Enumerable.Range(0, 25).Select(i => $"key-{i:D2}").ToArray();
        var bucket = await CreateAsync(keys);
        var pages = new List<int>();
        var listed = new List<string>();
        ListObjectsV2Request request = new() { BucketName = bucket, MaxKeys = 10 };
        ListObjectsV2Response page;
        do
        {
            page = await S3.ListObjectsV2Async(request);
            pages.Add(page.S3Objects.Count);
            listed.AddRange(page.S3Objects.Select(o => o.Key));
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);

        Assert.Equal([10, 10, 5], pages);
        Assert.Equal(keys, listed);
    }

    [Fact]
    public async Task A_prefix_selects_and_start_after_skips()
    {
        var bucket = await CreateAsync("a/1", "a/2", "a/3", "b/1");
        var listed = await S3.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = bucket,
                Prefix = "a/",
                StartAfter = "a/1",
            }
        );
        Assert.Equal(["a/2", "a/3"], listed.S3Objects.Select(o => o.Key));
    }

    [Fact]
    public async Task A_delimiter_folds_keys_into_common_prefixes_across_pages()
    {
        var bucket = await CreateAsync("a/1", "a/2", "b", "c/1/x", "c/2/x", "d");
        var prefixes = new List<string>();
        var keys = new List<string>();
        ListObjectsV2Request request = new()
        {
            BucketName = bucket,
            Delimiter = "/",
            MaxKeys = 1,
        };
        ListObjectsV2Response page;
        do
        {
            page = await S3.ListObjectsV2Async(request);
            Assert.Equal(1, page.KeyCount);
            prefixes.AddRange(page.CommonPrefixes ?? []);
            keys.AddRange((page.S3Objects ?? []).Select(o => o.Key));
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);

        Assert.Equal(["a/", "c/"], prefixes);
        Assert.Equal(["b", "d"], keys);
        var below = await S3.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = bucket,
                Delimiter = "/",
                Prefix = "c/",
            }
        );
        Assert.Equal(["c/1/", "c/2/"], below.CommonPrefixes);
    }

    private async Task<string> CreateAsync(params string[] keys)
    {
        var bucket = NewName("bucket");
        await S3.PutBucketAsync(bucket);
        foreach (var key in keys)
            await S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ContentBody = "x",
                }
            );
        return bucket;
    }
}
