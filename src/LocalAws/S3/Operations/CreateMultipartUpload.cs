using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

internal sealed class CreateMultipartUpload(UploadStore uploads, TimeProvider time) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Post, S3Scope.Object) { Required = ["uploads"] };

    public override async Task InvokeAsync(S3Request request)
    {
        var algorithm = request.Header("x-amz-checksum-algorithm") is { } name ? ChecksumAlgorithm.Named(name) : null;
        var upload = new MultipartUpload
        {
            Id = Guid.NewGuid().ToString("N"),
            Bucket = request.Bucket,
            Key = request.KeyBytes,
            InitiatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Headers = ObjectHeaders.From(request),
            ChecksumAlgorithm = algorithm?.Name,
            ChecksumType = algorithm is null ? null : TypeOf(algorithm, request.Header("x-amz-checksum-type")),
        };
        await uploads.CreateAsync(upload);
        if (algorithm is not null)
        {
            request.Response.Headers["x-amz-checksum-algorithm"] = upload.ChecksumAlgorithm;
            request.Response.Headers["x-amz-checksum-type"] = upload.ChecksumType;
        }
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(
                S3Xml.Namespace + "InitiateMultipartUploadResult",
                new XElement(S3Xml.Namespace + "Bucket", request.Bucket),
                new XElement(S3Xml.Namespace + "Key", request.Key),
                new XElement(S3Xml.Namespace + "UploadId", upload.Id)
            )
        );
    }

    // Which algorithm has which type: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
    private static string TypeOf(ChecksumAlgorithm algorithm, string? asked)
    {
        var type = asked ?? (algorithm.Name == "CRC64NVME" ? ObjectChecksum.FullObject : ObjectChecksum.Composite);
        var exists = type switch
        {
            ObjectChecksum.FullObject => algorithm.IsCyclic,
            ObjectChecksum.Composite => algorithm.Name != "CRC64NVME",
            _ => false,
        };
        return exists
            ? type
            : throw S3Exception.InvalidRequest($"The {type} checksum type cannot be used with the {algorithm.Name} checksum algorithm.");
    }
}
