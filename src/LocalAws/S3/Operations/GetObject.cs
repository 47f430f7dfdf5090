using LocalAws.S3.Objects;

namespace LocalAws.S3.Operations;

internal sealed class GetObject(ObjectStore objects) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Get, S3Scope.Object) { Optional = ObjectAnswer.QueryParameters };

    public override async Task InvokeAsync(S3Request request)
    {
        await using var opened = await objects.OpenAsync(request.Bucket, request.KeyBytes, stored =>
        {
            ReadConditions.Check(request, stored);
            return ByteRange.Of(request, stored);
        });
        ObjectAnswer.WriteHeaders(request, opened.Stored, opened.Range);
        await opened.CopyAsync(bytes => request.Response.Body.WriteAsync(bytes, request.Aborted), request.Aborted);
    }
}
