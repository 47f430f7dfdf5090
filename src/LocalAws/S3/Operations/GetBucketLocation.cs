using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

internal sealed class GetBucketLocation(BucketStore buckets) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Get, S3Scope.Bucket) { Required = ["location"] };

    public override async Task InvokeAsync(S3Request request)
    {
        var bucket = await buckets.FindAsync(request.Bucket);
        // us-east-1 is the location without a name.
        await S3Xml.WriteAsync(
            request.Response,
            new XElement(S3Xml.Namespace + "LocationConstraint", bucket.Region == "us-east-1" ? null : bucket.Region)
        );
    }
}
