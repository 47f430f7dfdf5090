using System.Security.Cryptography;
using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;
using LocalAws.Storage;

namespace LocalAws.S3.Operations;

internal sealed class CompleteMultipartUpload(UploadStore uploads, IBlobStore blobs, TimeProvider time) : S3Operation
{
    private const long MinimumPartSize = 5 * 1024 * 1024;

    public override S3Route Route { get; } = new(HttpMethods.Post, S3Scope.Object) { Required = ["uploadId"] };

    public override async Task InvokeAsync(S3Request request)
    {
        var condition = WriteCondition.Of(request);
        // A checksum in the headers is the object's here, not the document's.
        var document = await SmallBody.ReadXmlAsync(request, "CompleteMultipartUpload", algorithm: null);
        var (upload, uploaded) = await uploads.FindAsync(request.Bucket, request.KeyBytes, request.Parameter("uploadId")!);
        var parts = Choose(document, uploaded);
        var digests = parts.SelectMany(part => Convert.FromHexString(part.ETag)).ToArray();
        var etag = $"{Convert.ToHexStringLower(MD5.HashData(digests))}-{parts.Count}";
        var checksum = await ChecksumAsync(upload, parts, request.Aborted);
        if (
            checksum is not null
            && request.Header(ChecksumAlgorithm.Named(checksum.Algorithm).Header) is { } declared
            && declared != checksum.Value
        )
        {
            throw S3Exception.BadDigest($"The {checksum.Algorithm} you specified did not match the calculated checksum.");
        }
        var stored = new StoredObject
        {
            Bucket = upload.Bucket,
            Key = upload.Key,
            Size = parts.Sum(part => part.Size),
            ETag = etag,
            ModifiedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Parts = [.. parts.Select(part => part.ToObjectPart())],
            Headers = upload.Headers,
            Checksum = checksum,
        };
        await uploads.CompleteAsync(upload, stored, condition);
        var server = $"{request.Http.Request.Scheme}://{request.Http.Request.Host}";
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(
                S3Xml.Namespace + "CompleteMultipartUploadResult",
                new XElement(S3Xml.Namespace + "Location", $"{server}/{request.Bucket}/{Uri.EscapeDataString(request.Key)}"),
                new XElement(S3Xml.Namespace + "Bucket", request.Bucket),
                new XElement(S3Xml.Namespace + "Key", request.Key),
                new XElement(S3Xml.Namespace + "ETag", $"\"{etag}\""),
                ChecksumElements.Of(checksum)
            )
        );
    }

    // The caller lists the parts that the object is to have, each as it was acknowledged.
    private static List<UploadedPart> Choose(XElement document, List<UploadedPart> uploaded)
    {
        var byNumber = uploaded.ToDictionary(part => part.Number);
        var chosen = new List<UploadedPart>();
        foreach (var element in document.Elements("Part"))
        {
            if (!int.TryParse(element.Element("PartNumber")?.Value, CultureInfo.InvariantCulture, out var number))
                throw S3Exception.MalformedXml();
            if (chosen.Count > 0 && number <= chosen[^1].Number)
                throw S3Exception.InvalidPartOrder();
            if (!byNumber.TryGetValue(number, out var part) || EntityTags.Unquote(element.Element("ETag")?.Value ?? "") != part.ETag)
                throw S3Exception.InvalidPart();
            if (
                part.Checksum is { } checksum
                && element.Element(ChecksumAlgorithm.Named(checksum.Algorithm).Element) is { } declared
                && declared.Value != checksum.Value
            )
            {
                throw S3Exception.InvalidPart();
            }
            chosen.Add(part);
        }
        if (chosen.Count == 0)
            throw S3Exception.MalformedXml();
        return chosen.SkipLast(1).All(part => part.Size >= MinimumPartSize) ? chosen : throw S3Exception.EntityTooSmall();
    }

    private async Task<ObjectChecksum?> ChecksumAsync(MultipartUpload upload, List<UploadedPart> parts, CancellationToken cancellationToken)
    {
        if (upload.ChecksumAlgorithm is null)
            return null;
        var checksum = ChecksumAlgorithm.Named(upload.ChecksumAlgorithm).Start();
        if (upload.ChecksumType == ObjectChecksum.Composite)
        {
            foreach (var part in parts)
                checksum.Append(Convert.FromBase64String(part.Checksum!.Value));
            return new(upload.ChecksumAlgorithm, $"{checksum.Finish()}-{parts.Count}", ObjectChecksum.Composite);
        }
        // The checksum of the whole is taken by reading it once more.
        var buffer = new byte[128 * 1024];
        foreach (var part in parts)
        {
            await using var blob = blobs.Open(part.Blob);
            for (int read; (read = await blob.ReadAsync(buffer, cancellationToken)) > 0; )
                checksum.Append(buffer.AsMemory(0, read));
        }
        return new(upload.ChecksumAlgorithm, checksum.Finish(), ObjectChecksum.FullObject);
    }
}
