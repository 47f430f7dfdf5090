using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Conformance;

public sealed class LocalAwsS3MultipartConformanceTests(LocalAwsEmulator emulator)
    : S3MultipartConformanceTests(emulator),
        IClassFixture<LocalAwsEmulator>;

public sealed class MotoS3MultipartConformanceTests(MotoEmulator emulator)
    : S3MultipartConformanceTests(emulator),
        IClassFixture<MotoEmulator>;

/// <summary>Objects put in parts.</summary>
public abstract class S3MultipartConformanceTests(Emulator emulator) : ConformanceTests(emulator)
{
    private const int PartSize = 5 * 1024 * 1024;

    private string NoSuchUpload =>
        Emulator.Expected(
            aws: "NoSuchUpload",
            moto: "InternalServerError",
            "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"
        );

    private IAmazonS3 S3 => Emulator.S3;

    [Fact]
    public async Task An_object_in_parts_is_read_as_one()
    {
        var (bucket, upload) = await StartAsync();
        var first = RandomNumberGenerator.GetBytes(PartSize);
        var second = RandomNumberGenerator.GetBytes(1000);
        // In any order, and a part put again replaces the one before it.
        var part2 = await PutPartAsync(bucket, upload, 2, second);
        await PutPartAsync(bucket, upload, 1, second);
        var part1 = await PutPartAsync(bucket, upload, 1, first);
        var parts = await S3.ListPartsAsync(bucket, "key", upload);
        Assert.Equal([(1, PartSize), (2, 1000)], parts.Parts.Select(part => (part.PartNumber!.Value, (int)part.Size!.Value)));

        var completed = await CompleteAsync(bucket, upload, part1, part2);

        var expected = Convert.ToHexStringLower(MD5.HashData([.. MD5.HashData(first), .. MD5.HashData(second)]));
        Assert.Equal($"\"{expected}-2\"", completed.ETag);
        using var read = await S3.GetObjectAsync(bucket, "key");
        Assert.Equal((byte[])[.. first, .. second], await BytesAsync(read));
        Assert.Equal(completed.ETag, read.ETag);
        Assert.Equal("text/csv", read.Headers.ContentType);
        using var acrossParts = await S3.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = bucket,
                Key = "key",
                ByteRange = new ByteRange(PartSize - 2, PartSize + 1),
            }
        );
        Assert.Equal((byte[])[first[^2], first[^1], second[0], second[1]], await BytesAsync(acrossParts));
    }

    [Theory]
    [InlineData("COMPOSITE", "FKTmaw==-1", "FKTmaw==")]
    [InlineData("FULL_OBJECT", "NhCmhg==", "NhCmhg==")]
    public async Task An_object_in_parts_has_a_checksum_of_the_type_asked_for(string type, string aws, string moto)
    {
        var bucket = NewName("bucket");
        await S3.PutBucketAsync(bucket);
        var upload = await S3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = bucket,
                Key = "key",
                ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
                ChecksumType = ChecksumType.FindValue(type),
            }
        );
        var part = await S3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = "key",
                UploadId = upload.UploadId,
                PartNumber = 1,
                InputStream = new MemoryStream("hello"u8.ToArray()),
                ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            }
        );
        await S3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = "key",
                UploadId = upload.UploadId,
                ChecksumType = ChecksumType.FindValue(type),
                PartETags = [new(part) { PartNumber = 1 }],
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

        Assert.Equal(
            Emulator.Expected(aws, moto, "https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html"),
            head.ChecksumCRC32
        );
    }

    [Fact]
    public async Task A_list_of_parts_that_is_wrong_is_refused()
    {
        var (bucket, upload) = await StartAsync();
        var small = await PutPartAsync(bucket, upload, 1, [1]);
        var last = await PutPartAsync(bucket, upload, 2, [2]);

        await RefusedAsync("InvalidPart", () => CompleteAsync(bucket, upload, small, new PartETag(3, last.ETag)));
        await RefusedAsync("EntityTooSmall", () => CompleteAsync(bucket, upload, small, last));
        await RefusedAsync(NoSuchUpload, () => CompleteAsync(bucket, "absent", small));
    }

    [Fact]
    public async Task An_aborted_upload_leaves_nothing()
    {
        var (bucket, upload) = await StartAsync();
        await PutPartAsync(bucket, upload, 1, [1]);
        Assert.Equal(upload, Assert.Single((await S3.ListMultipartUploadsAsync(bucket)).MultipartUploads).UploadId);

        await S3.AbortMultipartUploadAsync(bucket, "key", upload);

        Assert.Empty((await S3.ListMultipartUploadsAsync(bucket)).MultipartUploads ?? []);
        await RefusedAsync(NoSuchUpload, () => PutPartAsync(bucket, upload, 1, [1]));
        await RefusedAsync("NoSuchKey", () => S3.GetObjectAsync(bucket, "key"));
    }

    [Fact]
    public async Task Completion_may_demand_that_the_key_is_new()
    {
        var (bucket, upload) = await StartAsync();
        var part = await PutPartAsync(bucket, upload, 1, [1]);
        await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = "key",
                ContentBody = "first",
            }
        );

        var exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            S3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = "key",
                    UploadId = upload,
                    PartETags = [part],
                    IfNoneMatch = "*",
                }
            )
        );

        Assert.Equal(HttpStatusCode.PreconditionFailed, exception.StatusCode);
        Assert.Equal(5, (await S3.GetObjectMetadataAsync(bucket, "key")).ContentLength);
    }

    private async Task<(string Bucket, string Upload)> StartAsync()
    {
        var bucket = NewName("bucket");
        await S3.PutBucketAsync(bucket);
        var upload = await S3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = bucket,
                Key = "key",
                ContentType = "text/csv",
            }
        );
        return (bucket, upload.UploadId);
    }

    private async Task<PartETag> PutPartAsync(string bucket, string upload, int number, byte[] bytes)
    {
        var response = await S3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = "key",
                UploadId = upload,
                PartNumber = number,
                InputStream = new MemoryStream(bytes),
            }
        );
        return new PartETag(number, response.ETag);
    }

    private Task<CompleteMultipartUploadResponse> CompleteAsync(string bucket, string upload, params List<PartETag> parts) =>
        S3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = "key",
                UploadId = upload,
                PartETags = parts,
            }
        );

    private static async Task<byte[]> BytesAsync(GetObjectResponse response)
    {
        using var bytes = new MemoryStream();
        await response.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task RefusedAsync(string code, Func<Task> call)
    {
        var exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(call);
        Assert.Equal(code, exception.ErrorCode);
    }
}
