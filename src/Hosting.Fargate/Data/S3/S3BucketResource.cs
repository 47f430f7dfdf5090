using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate;

/// <summary>An Amazon S3 bucket.</summary>
[AspireExport]
public sealed class S3BucketResource : AwsResource
{
    /// <summary>Creates a bucket.</summary>
    /// <param name="name">Its name in the model.</param>
    public S3BucketResource(string name)
        : base(name)
    {
        BucketName = Output(nameof(BucketName), "Bucket name");
        BucketArn = Output(nameof(BucketArn), "Bucket ARN");
    }

    /// <summary>The name of the bucket.</summary>
    public AwsResourceOutput BucketName { get; }

    /// <summary>The ARN of the bucket.</summary>
    public AwsResourceOutput BucketArn { get; }

    /// <summary>After how many days objects are deleted; null for never.</summary>
    public int? ExpireDays { get; internal set; }

    /// <summary>Whether what is overwritten or deleted is kept as an old version for 30 days.</summary>
    public bool IsVersioned { get; internal set; }

    internal override IEnumerable<AwsResourceOutput> InjectedOutputs => [BucketName];

    internal override string? KnownOutput(string property) =>
        property switch
        {
            nameof(BucketArn) => ExistingArn,
            nameof(BucketName) => ExistingArn?[(ExistingArn.LastIndexOf(':') + 1)..],
            _ => null,
        };

    internal override string ServiceVariable => "S3";

    internal override DataResource ToData() => new Bucket(Name, ExpireDays, IsVersioned, ExistingArn);

    internal override Task<bool> ExistsAsync(EmulatedAws aws, CancellationToken cancellationToken) =>
        new EmulatedBucket(aws, Name).ExistsAsync(cancellationToken);

    internal override async Task CreateAsync(EmulatedAws aws, CancellationToken cancellationToken)
    {
        await aws.CreateBucketAsync(Name, cancellationToken);
        BucketName.SetValue(Name);
        BucketArn.SetValue($"arn:aws:s3:::{Name}");
    }
}
