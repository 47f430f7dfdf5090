using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Conformance;

public sealed class LocalAwsS3ConformanceTests(LocalAwsEmulator emulator) : S3ConformanceTests(emulator), IClassFixture<LocalAwsEmulator>;

public sealed class MotoS3ConformanceTests(MotoEmulator emulator) : S3ConformanceTests(emulator), IClassFixture<MotoEmulator>;

/// <summary>Objects: put, read, copied, deleted.</summary>
public abstract class S3ConformanceTests(Emulator emulator) : ConformanceTests(emulator)
{
    private IAmazonS3 S3 => Emulator.S3;

    [Fact]
    public async Task An_object_is_read_as_it_was_put()
    {
        var bucket = await CreateBucketAsync();
        var put = await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = "folder/data.csv",
                ContentBody = "a,b\n1,2\n",
                ContentType = "text/csv",
                Headers =
                {
                    CacheControl = "no-store",
                    ContentDisposition = "attachment",
                    ContentEncoding = "identity",
                },
                Metadata = { ["x-amz-meta-rows"] = "1" },
            }
        );
        Assert.Equal("\"6b8db6fb1ce9ed47e0ebc2a4fe9d4c36\"".Length, put.ETag.Length);

        using var read = await S3.GetObjectAsync(bucket, "folder/data.csv");

        Assert.Equal("a,b\n1,2\n", await TextAsync(read));
        Assert.Equal(put.ETag, read.ETag);
        Assert.Equal(8, read.ContentLength);
        Assert.Equal("text/csv", read.Headers.ContentType);
        Assert.Equal("no-store", read.Headers.CacheControl);
        Assert.Equal("attachment", read.Headers.ContentDisposition);
        Assert.Equal("identity", read.Headers.ContentEncoding);
        Assert.Equal("1", read.Metadata["rows"]);
        var head = await S3.GetObjectMetadataAsync(bucket, "folder/data.csv");
        Assert.Equal(read.LastModified, head.LastModified);
        Assert.Equal(8, head.ContentLength);
        Assert.Equal("1", head.Metadata["rows"]);
    }

    [Fact]
    public async Task The_entity_tag_is_the_md5_of_the_body()
    {
        var bucket = await CreateBucketAsync();
        var put = await PutAsync(bucket, "key", "hello");
        Assert.Equal("\"5d41402abc4b2a76b9719d911017c592\"", put.ETag);
        Assert.Equal("\"d41d8cd98f00b204e9800998ecf8427e\"", (await PutAsync(bucket, "empty", "")).ETag);
    }

    [Theory]
    [InlineData("CRC32", "NhCmhg==")]
    [InlineData("SHA1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=")]
    [InlineData("SHA256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")]
    public async Task A_checksum_is_kept_and_returned_when_asked_for(string algorithm, string expected)
    {
        var bucket = await CreateBucketAsync();
        await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = "key",
                ContentBody = "hello",
                ChecksumAlgorithm = ChecksumAlgorithm.FindValue(algorithm),
            }
        );

        var head = await S3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest
            {
                BucketName = bucket,
                Key = "key",
                ChecksumMode = ChecksumMode.ENABLED,
            }
        );

        var checksums = new Dictionary<string, string?>
        {
            ["CRC32"] = head.ChecksumCRC32,
            ["SHA1"] = head.ChecksumSHA1,
            ["SHA256"] = head.ChecksumSHA256,
        };
        Assert.Equal(expected, checksums[algorithm]);
    }

    [Theory]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=7-100", "789", "bytes 7-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    public async Task A_range_gives_its_bytes(string range, string expected, string contentRange)
    {
        var bucket = await CreateBucketAsync();
        await PutAsync(bucket, "digits", "0123456789");

        using var read = await S3.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = bucket,
                Key = "digits",
                ByteRange = new ByteRange(range),
            }
        );

        Assert.Equal(HttpStatusCode.PartialContent, read.HttpStatusCode);
        Assert.Equal(expected, await TextAsync(read));
        Assert.Equal(contentRange, read.ContentRange);
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_refused()
    {
        var bucket = await CreateBucketAsync();
        await PutAsync(bucket, "digits", "0123456789");
        await RefusedAsync("InvalidRange", HttpStatusCode.RequestedRangeNotSatisfiable, () => S3.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = bucket,
                    Key = "digits",
                    ByteRange = new ByteRange("bytes=10-"),
                }
            ));
    }

    [Fact]
    public async Task A_read_may_be_conditional()
    {
        var bucket = await CreateBucketAsync();
        var etag = (await PutAsync(bucket, "key", "hello")).ETag;
        GetObjectRequest Get() => new() { BucketName = bucket, Key = "key" };
        async Task AnsweredAsync(HttpStatusCode status, Action<GetObjectRequest> condition)
        {
            var request = Get();
            condition(request);
            try
            {
                using var response = await S3.GetObjectAsync(request);
                Assert.Equal(status, response.HttpStatusCode);
            }
            catch (AmazonS3Exception exception)
            {
                Assert.Equal(status, exception.StatusCode);
            }
        }

        await AnsweredAsync(HttpStatusCode.OK, request => request.EtagToMatch = etag);
        await AnsweredAsync(HttpStatusCode.PreconditionFailed, request => request.EtagToMatch = "\"other\"");
        await AnsweredAsync(HttpStatusCode.NotModified, request => request.EtagToNotMatch = etag);
        await AnsweredAsync(HttpStatusCode.OK, request => request.EtagToNotMatch = "\"other\"");
        await AnsweredAsync(HttpStatusCode.OK, request => request.ModifiedSinceDate = DateTime.UtcNow.AddHours(-1));
        await AnsweredAsync(HttpStatusCode.NotModified, request => request.ModifiedSinceDate = DateTime.UtcNow.AddHours(1));
        await AnsweredAsync(HttpStatusCode.OK, request => request.UnmodifiedSinceDate = DateTime.UtcNow.AddHours(1));
        await AnsweredAsync(HttpStatusCode.PreconditionFailed, request => request.UnmodifiedSinceDate = DateTime.UtcNow.AddHours(-1));
    }

    [Fact]
    public async Task A_write_may_demand_that_the_key_is_new()
    {
        var bucket = await CreateBucketAsync();
        PutObjectRequest Put(string body) =>
            new()
            {
                BucketName = bucket,
                Key = "key",
                ContentBody = body,
                IfNoneMatch = "*",
            };
        await S3.PutObjectAsync(Put("first"));

        await RefusedAsync("PreconditionFailed", HttpStatusCode.PreconditionFailed, () => S3.PutObjectAsync(Put("second")));

        using var read = await S3.GetObjectAsync(bucket, "key");
        Assert.Equal("first", await TextAsync(read));
    }

    [Fact]
    public async Task A_write_may_demand_what_it_replaces()
    {
        var bucket = await CreateBucketAsync();
        var etag = (await PutAsync(bucket, "key", "first")).ETag;
        PutObjectRequest Put(string match) =>
            new()
            {
                BucketName = bucket,
                Key = "key",
                ContentBody = "second",
                IfMatch = match,
            };

        await RefusedAsync("PreconditionFailed", HttpStatusCode.PreconditionFailed, () =>
            S3.PutObjectAsync(Put("\"0123456789abcdef0123456789abcdef\""))
        );
        await S3.PutObjectAsync(Put(etag));

        using var read = await S3.GetObjectAsync(bucket, "key");
        Assert.Equal("second", await TextAsync(read));
    }

    [Fact]
    public async Task What_does_not_exist_is_an_error_of_that_name()
    {
        var bucket = await CreateBucketAsync();
        await RefusedAsync("NoSuchKey", HttpStatusCode.NotFound, () => S3.GetObjectAsync(bucket, "absent"));
        await RefusedAsync("NoSuchBucket", HttpStatusCode.NotFound, () => S3.GetObjectAsync(NewName("absent"), "key"));
        await RefusedAsync("NoSuchBucket", HttpStatusCode.NotFound, () => PutAsync(NewName("absent"), "key", "x"));
        var head = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => S3.GetObjectMetadataAsync(bucket, "absent"));
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_deleting_it_again_is_no_error()
    {
        var bucket = await CreateBucketAsync();
        await PutAsync(bucket, "key", "x");
        await S3.DeleteObjectAsync(bucket, "key");
        Assert.Equal(HttpStatusCode.NoContent, (await S3.DeleteObjectAsync(bucket, "key")).HttpStatusCode);
        await RefusedAsync("NoSuchKey", HttpStatusCode.NotFound, () => S3.GetObjectAsync(bucket, "key"));
    }

    [Fact]
    public async Task Many_objects_are_deleted_at_once()
    {
        var bucket = await CreateBucketAsync();
        foreach (var key in new[] { "a", "b & <c>", "d" })
            await PutAsync(bucket, key, "x");

        var deleted = await S3.DeleteObjectsAsync(
            new DeleteObjectsRequest
            {
                BucketName = bucket,
                Objects = [new() { Key = "a" }, new() { Key = "b & <c>" }, new() { Key = "absent" }],
            }
        );

        Assert.Equal(["a", "absent", "b & <c>"], deleted.DeletedObjects.Select(o => o.Key).Order(StringComparer.Ordinal));
        var left = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        Assert.Equal("d", Assert.Single(left.S3Objects).Key);
    }

    [Fact]
    public async Task A_copy_has_the_bytes_and_the_metadata_or_new_metadata()
    {
        var bucket = await CreateBucketAsync();
        await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = "from \u00e9",
                ContentBody = "hello",
                ContentType = "text/plain",
                Metadata = { ["a"] = "1" },
            }
        );
        CopyObjectRequest Copy(string to) =>
            new()
            {
                SourceBucket = bucket,
                SourceKey = "from \u00e9",
                DestinationBucket = bucket,
                DestinationKey = to,
            };
        var copy = await S3.CopyObjectAsync(Copy("same"));
        var replaced = Copy("replaced");
        replaced.MetadataDirective = S3MetadataDirective.REPLACE;
        replaced.Metadata["b"] = "2";
        await S3.CopyObjectAsync(replaced);

        Assert.Equal("\"5d41402abc4b2a76b9719d911017c592\"", copy.ETag);
        using var same = await S3.GetObjectAsync(bucket, "same");
        Assert.Equal("hello", await TextAsync(same));
        Assert.Equal(("text/plain", "1"), (same.Headers.ContentType, same.Metadata["a"]));
        var head = await S3.GetObjectMetadataAsync(bucket, "replaced");
        Assert.Equal((null, "2"), (head.Metadata["a"], head.Metadata["b"]));
    }

    private async Task<string> CreateBucketAsync()
    {
        var bucket = NewName("bucket");
        await S3.PutBucketAsync(bucket);
        return bucket;
    }

    private Task<PutObjectResponse> PutAsync(string bucket, string key, string body) =>
        S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ContentBody = body,
            }
        );

    private static async Task<string> TextAsync(GetObjectResponse response)
    {
        using var reader = new StreamReader(response.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static async Task RefusedAsync(string code, HttpStatusCode status, Func<Task> call)
    {
        var exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(call);
        Assert.Equal((code, status), (exception.ErrorCode, exception.StatusCode));
    }
}
