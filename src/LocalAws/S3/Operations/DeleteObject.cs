using LocalAws.S3.Objects;

namespace LocalAws.S3.Operations;

internal sealed class DeleteObject(ObjectStore objects) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Delete, S3Scope.Object);

    public override async Task InvokeAsync(S3Request request)
    {
        await objects.DeleteAsync(request.Bucket, request.KeyBytes, request.Header("If-Match"));
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
