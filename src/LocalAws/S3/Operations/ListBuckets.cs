using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

internal sealed class ListBuckets(BucketStore buckets) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Get, S3Scope.Service);

    public override async Task InvokeAsync(S3Request request)
    {
        var all = await buckets.ListAsync();
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(
                S3Xml.Namespace + "ListAllMyBucketsResult",
                S3Owner.Element("Owner"),
                new XElement(
                    S3Xml.Namespace + "Buckets",
                    all.Select(bucket => new XElement(
                        S3Xml.Namespace + "Bucket",
                        new XElement(S3Xml.Namespace + "Name", bucket.Name),
                        new XElement(S3Xml.Namespace + "CreationDate", S3Xml.Time(bucket.CreatedAt)),
                        new XElement(S3Xml.Namespace + "BucketRegion", bucket.Region)
                    ))
                )
            )
        );
    }
}
