using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;
using LocalAws.Storage;

namespace LocalAws.S3.Operations;

internal sealed class UploadPart(UploadStore uploads, IBlobStore blobs, TimeProvider time) : S3Operation
{
    private const int MaximumNumber = 10_000;

    public override S3Route Route { get; } = new(HttpMethods.Put, S3Scope.Object) { Required = ["partNumber", "uploadId"] };

    public override async Task InvokeAsync(S3Request request)
    {
        var id = request.Parameter("uploadId")!;
        var number = request.Number("partNumber", 1, MaximumNumber, 1);
        var (upload, _) = await uploads.FindAsync(request.Bucket, request.KeyBytes, id);
        var declared = ChecksumAlgorithm.DeclaredBy(request);
        var algorithm = upload.ChecksumAlgorithm is { } name ? ChecksumAlgorithm.Named(name) : declared;
        if (declared is not null && declared != algorithm)
            throw S3Exception.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {algorithm!.Name}, actual checksum Type: " + $"{declared.Name}"
            );
        var body = await ReceivedBody.ReceiveAsync(request, blobs, algorithm);
        await uploads.PutPartAsync(
            request.Bucket,
            request.KeyBytes,
            id,
            new(number, body.Blob, body.Size, body.ETag, body.Checksum, time.GetUtcNow().ToUnixTimeMilliseconds())
        );
        request.Response.Headers.ETag = $"\"{body.ETag}\"";
        if (body.Checksum is { } checksum)
            request.Response.Headers[ChecksumAlgorithm.Named(checksum.Algorithm).Header] = checksum.Value;
    }
}
