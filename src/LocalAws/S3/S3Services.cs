using LocalAws.S3.Objects;
using LocalAws.S3.Operations;

namespace LocalAws.S3;

internal static class S3Services
{
    /// <summary>Adds S3: the operations in this list are all that there are.</summary>
    public static IServiceCollection AddS3(this IServiceCollection services) =>
        services
            .AddSingleton<BucketStore>()
            .AddSingleton<ObjectStore>()
            .AddSingleton<UploadStore>()
            .AddSingleton<S3Endpoint>()
            .AddSingleton<S3Operation, AbortMultipartUpload>()
            .AddSingleton<S3Operation, CompleteMultipartUpload>()
            .AddSingleton<S3Operation, CopyObject>()
            .AddSingleton<S3Operation, CreateBucket>()
            .AddSingleton<S3Operation, CreateMultipartUpload>()
            .AddSingleton<S3Operation, DeleteBucket>()
            .AddSingleton<S3Operation, DeleteObject>()
            .AddSingleton<S3Operation, DeleteObjects>()
            .AddSingleton<S3Operation, GetBucketLocation>()
            .AddSingleton<S3Operation, GetObject>()
            .AddSingleton<S3Operation, HeadBucket>()
            .AddSingleton<S3Operation, HeadObject>()
            .AddSingleton<S3Operation, ListBuckets>()
            .AddSingleton<S3Operation, ListMultipartUploads>()
            .AddSingleton<S3Operation, ListObjectsV2>()
            .AddSingleton<S3Operation, ListParts>()
            .AddSingleton<S3Operation, PutObject>()
            .AddSingleton<S3Operation, UploadPart>();
}
