using System.Text;
using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

internal sealed class ListMultipartUploads(UploadStore uploads) : S3Operation
{
    private const int MaximumUploads = 1000;

    public override S3Route Route { get; } =
        new(HttpMethods.Get, S3Scope.Bucket)
        {
            Required = ["uploads"],
            Optional = ["prefix", "max-uploads", "key-marker", "upload-id-marker", "encoding-type"],
        };

    public override async Task InvokeAsync(S3Request request)
    {
        var prefix = request.Parameter("prefix") ?? "";
        var (keyMarker, idMarker) = (request.Parameter("key-marker") ?? "", request.Parameter("upload-id-marker") ?? "");
        var maximum = Math.Min(request.Number("max-uploads", 1, int.MaxValue, MaximumUploads), MaximumUploads);
        var matching = (await uploads.ListAsync(request.Bucket))
            .Select(upload => (Upload: upload, Key: Encoding.UTF8.GetString(upload.Key)))
            .Where(listed => listed.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToList();
        var rest = After(matching, keyMarker, idMarker);
        var page = rest.Take(maximum).ToList();

        var encoding = request.Parameter("encoding-type");
        static XElement Element(string name, object? content) => new(S3Xml.Namespace + name, content);
        XElement Key(string name, string key) => Element(name, S3Xml.Encode(key, encoding));
        var isTruncated = rest.Count > page.Count;
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(
                S3Xml.Namespace + "ListMultipartUploadsResult",
                Element("Bucket", request.Bucket),
                Key("Prefix", prefix),
                Key("KeyMarker", keyMarker),
                Element("UploadIdMarker", idMarker),
                isTruncated ? Key("NextKeyMarker", page[^1].Key) : null,
                isTruncated ? Element("NextUploadIdMarker", page[^1].Upload.Id) : null,
                encoding is null ? null : Element("EncodingType", encoding),
                Element("MaxUploads", maximum),
                Element("IsTruncated", isTruncated),
                page.Select(listed =>
                    Element(
                        "Upload",
                        new object?[]
                        {
                            Key("Key", listed.Key),
                            Element("UploadId", listed.Upload.Id),
                            S3Owner.Element("Initiator"),
                            S3Owner.Element("Owner"),
                            Element("StorageClass", listed.Upload.Headers.GetValueOrDefault("x-amz-storage-class", "STANDARD")),
                            Element("Initiated", S3Xml.Time(listed.Upload.InitiatedAt)),
                        }
                    )
                )
            )
        );
    }

    // The list is in the order of keys, and of times within a key.
    private static List<(MultipartUpload Upload, string Key)> After(
        List<(MultipartUpload Upload, string Key)> all,
        string keyMarker,
        string idMarker
    )
    {
        if (keyMarker.Length == 0)
            return all;
        var last = all.FindIndex(listed => listed.Key == keyMarker && listed.Upload.Id == idMarker);
        var marker = Encoding.UTF8.GetBytes(keyMarker);
        return last >= 0 ? all[(last + 1)..] : all.FindAll(listed => listed.Upload.Key.AsSpan().SequenceCompareTo(marker) > 0);
    }
}
