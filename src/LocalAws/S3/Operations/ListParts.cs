using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

internal sealed class ListParts(UploadStore uploads) : S3Operation
{
    private const int MaximumParts = 1000;

    public override S3Route Route { get; } =
        new(HttpMethods.Get, S3Scope.Object) { Required = ["uploadId"], Optional = ["max-parts", "part-number-marker"] };

    public override async Task InvokeAsync(S3Request request)
    {
        var (upload, all) = await uploads.FindAsync(request.Bucket, request.KeyBytes, request.Parameter("uploadId")!);
        var marker = request.Number("part-number-marker", 0, int.MaxValue, 0);
        var maximum = Math.Min(request.Number("max-parts", 0, int.MaxValue, MaximumParts), MaximumParts);
        var rest = all.Where(part => part.Number > marker).ToList();
        var page = rest.Take(maximum).ToList();

        static XElement Element(string name, object? content) => new(S3Xml.Namespace + name, content);
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(
                S3Xml.Namespace + "ListPartsResult",
                Element("Bucket", request.Bucket),
                Element("Key", request.Key),
                Element("UploadId", upload.Id),
                S3Owner.Element("Initiator"),
                S3Owner.Element("Owner"),
                Element("StorageClass", upload.Headers.GetValueOrDefault("x-amz-storage-class", "STANDARD")),
                upload.ChecksumAlgorithm is null ? null : Element("ChecksumAlgorithm", upload.ChecksumAlgorithm),
                upload.ChecksumType is null ? null : Element("ChecksumType", upload.ChecksumType),
                Element("PartNumberMarker", marker),
                Element("NextPartNumberMarker", page.Count > 0 ? page[^1].Number : marker),
                Element("MaxParts", maximum),
                Element("IsTruncated", rest.Count > page.Count),
                page.Select(part =>
                    Element(
                        "Part",
                        new object?[]
                        {
                            Element("PartNumber", part.Number),
                            Element("LastModified", S3Xml.Time(part.ModifiedAt)),
                            Element("ETag", $"\"{part.ETag}\""),
                            Element("Size", part.Size),
                            part.Checksum is null
                                ? null
                                : Element(ChecksumAlgorithm.Named(part.Checksum.Algorithm).Element, part.Checksum.Value),
                        }
                    )
                )
            )
        );
    }
}
