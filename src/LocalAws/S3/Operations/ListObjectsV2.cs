using System.Text;
using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;
using LocalAws.Storage;

namespace LocalAws.S3.Operations;

internal sealed class ListObjectsV2(Database database) : S3Operation
{
    private const int MaximumKeys = 1000;

    public override S3Route Route { get; } =
        new(HttpMethods.Get, S3Scope.Bucket)
        {
            Required = ["list-type"],
            Optional = ["prefix", "delimiter", "max-keys", "continuation-token", "start-after", "encoding-type", "fetch-owner"],
        };

    public override async Task InvokeAsync(S3Request request)
    {
        var (prefix, delimiter) = (request.Parameter("prefix") ?? "", request.Parameter("delimiter"));
        var (token, startAfter) = (request.Parameter("continuation-token"), request.Parameter("start-after"));
        var asked = request.Number("max-keys", 0, int.MaxValue, MaximumKeys);
        var listing = await database.RunAsync(session =>
            ObjectListing.Read(session, request.Bucket, prefix, delimiter, From(token, startAfter), Math.Min(asked, MaximumKeys))
        );

        var encoding = request.Parameter("encoding-type");
        XElement Element(string name, object? content) => new(S3Xml.Namespace + name, content);
        XElement? Given(string name, string? value) => value is null ? null : Element(name, S3Xml.Encode(value, encoding));
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(
                S3Xml.Namespace + "ListBucketResult",
                Element("Name", request.Bucket),
                Given("Prefix", prefix),
                Given("Delimiter", delimiter),
                Given("StartAfter", startAfter),
                encoding is null ? null : Element("EncodingType", encoding),
                token is null ? null : Element("ContinuationToken", token),
                listing.Next is null ? null : Element("NextContinuationToken", Convert.ToBase64String(listing.Next)),
                Element("KeyCount", listing.Objects.Count + listing.CommonPrefixes.Count),
                Element("MaxKeys", asked),
                Element("IsTruncated", listing.Next is not null),
                listing.Objects.Select(stored =>
                    Element(
                        "Contents",
                        new object?[]
                        {
                            Given("Key", Encoding.UTF8.GetString(stored.Key)),
                            Element("LastModified", S3Xml.Time(stored.ModifiedAt)),
                            Element("ETag", $"\"{stored.ETag}\""),
                            stored.Checksum is null ? null : Element("ChecksumAlgorithm", stored.Checksum.Algorithm),
                            stored.Checksum is null ? null : Element("ChecksumType", stored.Checksum.Type),
                            Element("Size", stored.Size),
                            request.Parameter("fetch-owner") == "true" ? S3Owner.Element("Owner") : null,
                            Element("StorageClass", stored.Headers.GetValueOrDefault("x-amz-storage-class", "STANDARD")),
                        }
                    )
                ),
                listing.CommonPrefixes.Select(common => Element("CommonPrefixes", Given("Prefix", common)))
            )
        );
    }

    private static byte[] From(string? token, string? startAfter)
    {
        if (token is null)
            return string.IsNullOrEmpty(startAfter) ? [] : ObjectListing.After(Encoding.UTF8.GetBytes(startAfter));
        try
        {
            return Convert.FromBase64String(token);
        }
        catch (FormatException)
        {
            throw S3Exception.InvalidArgument("The continuation token provided is incorrect");
        }
    }
}
