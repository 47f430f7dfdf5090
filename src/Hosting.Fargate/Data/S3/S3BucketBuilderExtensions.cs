using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Buckets in a model.</summary>
public static partial class S3BucketBuilderExtensions
{
    /// <summary>Adds an S3 bucket. In run mode it lives in the model's emulator, which must be there.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">The bucket's name in the model: 1 to 64 letters, digits and hyphens.</param>
    [AspireExport]
    public static IResourceBuilder<S3BucketResource> AddS3Bucket(this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddAwsResource(new S3BucketResource(name), "S3Bucket", "FolderOpen").WithBucketCommands();
    }

    /// <summary>Deletes objects some days after they were written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    [AspireExport]
    public static IResourceBuilder<S3BucketResource> WithExpiration(this IResourceBuilder<S3BucketResource> builder, int days)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        builder.Resource.ExpireDays = days;
        return builder;
    }

    /// <summary>Keeps what is overwritten or deleted as an old version for 30 days.</summary>
    [AspireExport]
    public static IResourceBuilder<S3BucketResource> WithVersioning(this IResourceBuilder<S3BucketResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.IsVersioned = true;
        return builder;
    }

    /// <summary>Uses a bucket that exists where the model is published, in place of making one.</summary>
    /// <param name="builder">The bucket's builder.</param>
    /// <param name="arn">Its ARN, <c>arn:aws:s3:::name</c>.</param>
    /// <exception cref="ArgumentException">It is no bucket's ARN.</exception>
    [AspireExport("useExistingBucket", MethodName = "useExisting")]
    public static IResourceBuilder<S3BucketResource> UseExisting(this IResourceBuilder<S3BucketResource> builder, string arn)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.ExistingArn = BucketArn().Takes(arn)
            ? arn
            : throw new ArgumentException($"'{arn}' is no bucket's ARN, such as arn:aws:s3:::my-datasets.", nameof(arn));
        return builder;
    }

    /// <summary>
    /// Lets a service use a bucket: its configuration gets <c>AWS:Resources:NAME:BucketName</c>; deployed, its role gets what
    /// <paramref name="access"/> says.
    /// </summary>
    [AspireExportIgnore(Reason = "Flags have no form in other languages: withBucketReference takes several.")]
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<S3BucketResource> bucket,
        BucketAccess access
    )
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(bucket);
        return builder.WithAwsResource(bucket.Resource, access);
    }

    [GeneratedRegex("^arn:[a-z-]+:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex BucketArn();
}
