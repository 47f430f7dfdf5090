using LocalAws.S3.Objects;

namespace LocalAws.S3.Operations;

internal sealed class DeleteBucket(BucketStore buckets) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Delete, S3Scope.Bucket);

    public override async Task InvokeAsync(S3Request request)
    {
        await buckets.DeleteAsync(request.Bucket);
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
