using Amazon.ECR.Model;
using Hosting.Fargate.Aws;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Data;

/// <summary>Repositories of images as the account has them.</summary>
internal sealed class RepositoryType : KeptType
{
    /// <summary>
    /// So many images one call deletes: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html.
    /// </summary>
    private const int AtOnce = 100;

    public override string Type => "AWS::ECR::Repository";

    public override string NameProperty => "RepositoryName";

    public override string? LookupAction => "ecr:DescribeRepositories";

    public override string Tell(string physicalId) => $"repository {physicalId} with all its images";

    public override async Task<KeptResource?> FindAsync(
        AwsClients aws,
        AwsAccount account,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await aws.Ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { RepositoryNames = [name] }, cancellationToken);
            return new KeptResource((NameProperty, name), $"repository {name}");
        }
        catch (RepositoryNotFoundException)
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
            string? next = null;
            do
            {
                var page = await aws.Ecr.ListImagesAsync(
                    new ListImagesRequest { RepositoryName = physicalId, NextToken = next },
                    cancellationToken
                );
                var digests = (page.ImageIds ?? []).Select(image => image.ImageDigest).OfType<string>().Distinct(StringComparer.Ordinal);
                foreach (var some in digests.Chunk(AtOnce))
                {
                    await aws.Ecr.BatchDeleteImageAsync(
                        new BatchDeleteImageRequest
                        {
                            RepositoryName = physicalId,
                            ImageIds = [.. some.Select(digest => new ImageIdentifier { ImageDigest = digest })],
                        },
                        cancellationToken
                    );
                }

                next = page.NextToken;
            } while (next is not null);
        }
        catch (RepositoryNotFoundException) { }
    }
}
