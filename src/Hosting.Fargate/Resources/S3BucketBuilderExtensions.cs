using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Buckets in a model.</summary>
public static class S3BucketBuilderExtensions
{
    /// <summary>Adds an S3 bucket. In run mode it lives in the model's emulator, which must be there.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">The bucket's name in the model: 1 to 64 letters, digits and hyphens.</param>
    public static IResourceBuilder<S3BucketResource> AddS3Bucket(this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddAwsResource(new S3BucketResource(name), "S3Bucket");
    }

    /// <summary>
    /// Lets a service use a bucket: its configuration gets <c>AWS:Resources:NAME:BucketName</c>; deployed, its role gets what
    /// <paramref name="access"/> says.
    /// </summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<S3BucketResource> bucket, BucketAccess access) where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(bucket);
        AwsResourceReference.ThrowIfNothing(access, (int)access);
        return builder
            .WithAnnotation(new BucketReferenceAnnotation(bucket.Resource, access))
            .WithAwsResource(bucket.Resource, AwsService.S3);
    }
}
