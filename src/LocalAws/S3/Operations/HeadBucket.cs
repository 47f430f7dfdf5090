using LocalAws.S3.Objects;

namespace LocalAws.S3.Operations;

internal sealed class HeadBucket(BucketStore buckets) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Head, S3Scope.Bucket);

    public override async Task InvokeAsync(S3Request request)
    {
        var bucket = await buckets.FindAsync(request.Bucket);
        request.Response.Headers["x-amz-bucket-region"] = bucket.Region;
        request.Response.ContentType = "application/xml";
    }
}
