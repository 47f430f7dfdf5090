using Amazon.Runtime;
using Amazon.S3;

namespace ServiceDefaults.Tests.Aws;

/// <summary>S3, where a server of a test stands for it.</summary>
internal static class S3
{
    public static AmazonS3Client ClientOf(AwsServer aws) =>
        new(
            new BasicAWSCredentials("access", "secret"),
            new AmazonS3Config
            {
                ServiceURL = aws.Address,
                ForcePathStyle = true,
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            }
        );
}
