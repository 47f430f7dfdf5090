using LocalAws.S3.Objects;

namespace LocalAws.S3.Operations;

internal sealed class AbortMultipartUpload(UploadStore uploads) : S3Operation
{
    public override S3Route Route { get; } = new(HttpMethods.Delete, S3Scope.Object) { Required = ["uploadId"] };

    public override async Task InvokeAsync(S3Request request)
    {
        await uploads.AbortAsync(request.Bucket, request.KeyBytes, request.Parameter("uploadId")!);
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
