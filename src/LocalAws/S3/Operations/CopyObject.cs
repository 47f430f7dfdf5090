using System.Text;
using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;
using LocalAws.Storage;

namespace LocalAws.S3.Operations;

internal sealed class CopyObject(ObjectStore objects, IBlobStore blobs, TimeProvider time) : S3Operation
{
    private const long MaximumSize = 5L * 1024 * 1024 * 1024;

    public override S3Route Route { get; } = new(HttpMethods.Put, S3Scope.Object) { Copies = true };

    public override async Task InvokeAsync(S3Request request)
    {
        var condition = WriteCondition.Of(request);
        var (bucket, key) = Source(request.Header("x-amz-copy-source")!);
        var replacesHeaders = "REPLACE".Equals(request.Header("x-amz-metadata-directive"), StringComparison.OrdinalIgnoreCase);
        if (!replacesHeaders && bucket == request.Bucket && key == request.Key)
        {
            throw S3Exception.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
                    + "metadata, storage class, website redirect location or encryption attributes."
            );
        }
        await objects.RequireBucketAsync(request.Bucket);
        await using var source = await objects.OpenAsync(bucket, Encoding.UTF8.GetBytes(key), stored =>
        {
            ReadConditions.Check(request, stored, "x-amz-copy-source-");
            return stored.Size <= MaximumSize
                ? new ByteRange(0, stored.Size, false)
                : throw S3Exception.InvalidRequest(
                    "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120"
                );
        });
        var name = request.Header("x-amz-checksum-algorithm") ?? source.Stored.Checksum?.Algorithm;
        var algorithm = name is null ? null : ChecksumAlgorithm.Named(name);
        var body = await ReceivedBody.CopyAsync(source, algorithm, blobs, request.Aborted);
        var copy = new StoredObject
        {
            Bucket = request.Bucket,
            Key = request.KeyBytes,
            Size = body.Size,
            ETag = body.ETag,
            ModifiedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Parts = [new(body.Blob, body.Size)],
            Headers = replacesHeaders ? ObjectHeaders.From(request) : source.Stored.Headers,
            Checksum = body.Checksum,
        };
        await objects.PutAsync(copy, condition);
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(
                S3Xml.Namespace + "CopyObjectResult",
                new XElement(S3Xml.Namespace + "LastModified", S3Xml.Time(copy.ModifiedAt)),
                new XElement(S3Xml.Namespace + "ETag", $"\"{copy.ETag}\""),
                ChecksumElements.Of(copy.Checksum)
            )
        );
    }

    // /bucket/key or bucket/key, percent-encoded.
    private static (string Bucket, string Key) Source(string header)
    {
        if (header.Split("?versionId=") is not [var path])
            throw S3Exception.NotImplemented("object versions");
        return Uri.UnescapeDataString(path).TrimStart('/').Split('/', 2) is [{ Length: > 0 } bucket, { Length: > 0 } key]
            ? (bucket, key)
            : throw S3Exception.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
}
