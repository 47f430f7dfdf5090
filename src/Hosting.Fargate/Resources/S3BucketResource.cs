namespace Hosting.Fargate;

/// <summary>An Amazon S3 bucket.</summary>
public sealed class S3BucketResource : AwsResource
{
    /// <summary>Creates a bucket.</summary>
    /// <param name="name">Its name in the model.</param>
    public S3BucketResource(string name) : base(name)
    {
        BucketName = Output(nameof(BucketName));
        BucketArn = Output(nameof(BucketArn));
    }

    /// <summary>The name of the bucket.</summary>
    public AwsResourceOutput BucketName { get; }

    /// <summary>The ARN of the bucket.</summary>
    public AwsResourceOutput BucketArn { get; }

    internal override IEnumerable<AwsResourceOutput> InjectedOutputs => [BucketName];

    internal override async Task CreateAsync(EmulatedAws aws, CancellationToken cancellationToken)
    {
        await aws.CreateBucketAsync(Name, cancellationToken);
        BucketName.SetValue(Name);
        BucketArn.SetValue($"arn:aws:s3:::{Name}");
    }
}
