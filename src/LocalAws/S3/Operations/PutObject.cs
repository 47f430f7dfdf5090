using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;
using LocalAws.Storage;

namespace LocalAws.S3.Operations;

internal sealed class PutObject(ObjectStore objects, IBlobStore blobs, TimeProvider time) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Put, S3Scope.Object);

    public override async Task InvokeAsync(S3Request request)
    {
        var condition = WriteCondition.Of(request);
        var headers = ObjectHeaders.From(request);
        await objects.RequireBucketAsync(request.Bucket);
        var body = await ReceivedBody.ReceiveAsync(request, blobs, ChecksumAlgorithm.DeclaredBy(request));
        await objects.PutAsync(
            new StoredObject
            {
                Bucket = request.Bucket,
                Key = request.KeyBytes,
                Size = body.Size,
                ETag = body.ETag,
                ModifiedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Parts = [new(body.Blob, body.Size)],
                Headers = headers,
                Checksum = body.Checksum,
            },
            condition
        );
        request.Response.Headers.ETag = $"\"{body.ETag}\"";
        ChecksumHeaders.Write(request.Response, body.Checksum);
    }
}
