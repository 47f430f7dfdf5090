using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Hosting.Fargate.Aws;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Data;

/// <summary>Buckets as the account has them.</summary>
internal sealed class BucketType : KeptType
{
    public const string Name = "AWS::S3::Bucket";

    public override string Type => Name;

    public override string NameProperty => "BucketName";

    public override string? LookupAction => "s3:GetBucketLocation";

    public override string Tell(string physicalId) => $"bucket {physicalId} with all its objects";

    public override async Task<KeptResource?> FindAsync(
        AwsClients aws,
        AwsAccount account,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await aws.S3.GetBucketLocationAsync(
                new GetBucketLocationRequest { BucketName = name, ExpectedBucketOwner = account.Id },
                cancellationToken
            );
            return new KeptResource((NameProperty, name), $"bucket {name}");
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    public override async Task EmptyAsync(
        AwsClients aws,
        AwsAccount account,
        ILogger logger,
        string physicalId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            ListVersionsResponse page;
            var request = new ListVersionsRequest { BucketName = physicalId, ExpectedBucketOwner = account.Id };
            do
            {
                page = await aws.S3.ListVersionsAsync(request, cancellationToken);
                if (page.Versions is { Count: > 0 } versions)
                {
                    logger.LogInformation("{Bucket}: deleting {Count} objects", physicalId, versions.Count);
                    await aws.S3.DeleteObjectsAsync(
                        new DeleteObjectsRequest
                        {
                            BucketName = physicalId,
                            ExpectedBucketOwner = account.Id,
                            Objects = [.. versions.Select(version => new KeyVersion { Key = version.Key, VersionId = version.VersionId })],
                        },
                        cancellationToken
                    );
                }

                request.KeyMarker = page.NextKeyMarker;
                request.VersionIdMarker = page.NextVersionIdMarker;
            } while (page.IsTruncated == true);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound) { }
    }
}
