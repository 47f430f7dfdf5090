using LocalAws.S3.Objects;

namespace LocalAws.S3.Operations;

internal sealed class HeadObject(ObjectStore objects) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Head, S3Scope.Object) { Optional = ObjectAnswer.QueryParameters };

    public override async Task InvokeAsync(S3Request request)
    {
        var stored = await objects.FindAsync(request.Bucket, request.KeyBytes);
        ReadConditions.Check(request, stored);
        ObjectAnswer.WriteHeaders(request, stored, ByteRange.Of(request, stored));
    }
}
