using System.Net;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECR.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecretsManager.Model;
using Amazon.SQS.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Deploying.Foundation;

/// <summary>Something that an earlier foundation left behind, since nothing with data is deleted by leaving a template.</summary>
/// <param name="Import">As CloudFormation takes it into a stack.</param>
/// <param name="Text">For a person: <c>secret profiler/api-key</c>.</param>
/// <param name="RestoreSecret">The ARN of a secret that was deleted and is in its recovery window.</param>
internal sealed record KeptResource(ResourceToImport Import, string Text, string? RestoreSecret = null);

/// <summary>Finds what a foundation would make anew although it is there: by the names that the template gives.</summary>
internal sealed class KeptResources(AwsClients aws, AwsAccount account)
{
    /// <param name="live">The template that is deployed; null where there is none.</param>
    /// <param name="wanted">The template that is to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<KeptResource>> FindAsync(TemplateMap? live, TemplateMap wanted, CancellationToken cancellationToken)
    {
        List<Task<KeptResource?>> searches = [];
        var fileSystems = FoundationTemplates.KeptFileSystems(live);
        foreach (var (id, node) in (TemplateMap)wanted["Resources"]!)
        {
            if (live?.At("Resources", id) is null)
            {
                var type = node.At("Type").AsText();
                searches.Add(
                    type switch
                    {
                        "AWS::SecretsManager::Secret" => SecretAsync(id, Name(node, "Name"), cancellationToken),
                        "AWS::ECR::Repository" => RepositoryAsync(id, Name(node, "RepositoryName"), cancellationToken),
                        "AWS::SQS::Queue" => QueueAsync(id, Name(node, "QueueName"), cancellationToken),
                        "AWS::S3::Bucket" => BucketAsync(id, Name(node, "BucketName"), cancellationToken),
                        "AWS::Logs::LogGroup" => LogGroupAsync(id, Name(node, "LogGroupName"), cancellationToken),
                        "AWS::EFS::FileSystem" when fileSystems.TryGetValue(id, out var fileSystem) => Task.FromResult<KeptResource?>(
                            new KeptResource(Import(id, type, "FileSystemId", fileSystem), $"file system {fileSystem}")
                        ),
                        _ => Task.FromResult<KeptResource?>(null),
                    }
                );
            }
        }

        return [.. (await Task.WhenAll(searches)).OfType<KeptResource>()];
    }

    private string? Name(TemplateNode resource, string property) =>
        resource
            .At("Properties", property)
            .ComposedText(variable =>
                variable switch
                {
                    "AWS::AccountId" => account.Id,
                    "AWS::Region" => account.Region,
                    "AWS::Partition" => account.Partition,
                    _ => "?",
                }
            );

    private async Task<KeptResource?> SecretAsync(string id, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            var secret = await aws.Secrets.DescribeSecretAsync(new DescribeSecretRequest { SecretId = name }, cancellationToken);
            return new KeptResource(
                Import(id, "AWS::SecretsManager::Secret", "Id", secret.ARN),
                $"secret {name}",
                secret.DeletedDate is null ? null : secret.ARN
            );
        }
        catch (Amazon.SecretsManager.Model.ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task<KeptResource?> RepositoryAsync(string id, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            await aws.Ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { RepositoryNames = [name] }, cancellationToken);
            return new KeptResource(Import(id, "AWS::ECR::Repository", "RepositoryName", name), $"repository {name}");
        }
        catch (RepositoryNotFoundException)
        {
            return null;
        }
    }

    private async Task<KeptResource?> QueueAsync(string id, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            var queue = await aws.Sqs.GetQueueUrlAsync(name, cancellationToken);
            return new KeptResource(Import(id, "AWS::SQS::Queue", "QueueUrl", queue.QueueUrl), $"queue {name}");
        }
        catch (QueueDoesNotExistException)
        {
            return null;
        }
    }

    private async Task<KeptResource?> BucketAsync(string id, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            await aws.S3.GetBucketLocationAsync(
                new GetBucketLocationRequest { BucketName = name, ExpectedBucketOwner = account.Id },
                cancellationToken
            );
            return new KeptResource(Import(id, "AWS::S3::Bucket", "BucketName", name), $"bucket {name}");
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Of logs that outlive the application: a model may do without them for a while.</summary>
    private async Task<KeptResource?> LogGroupAsync(string id, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            // The least that is asked of a log group: who deploys reads logs anyway.
            await aws.Logs.FilterLogEventsAsync(new FilterLogEventsRequest { LogGroupName = name, Limit = 1 }, cancellationToken);
            return new KeptResource(Import(id, "AWS::Logs::LogGroup", "LogGroupName", name), $"log group {name}");
        }
        catch (Amazon.CloudWatchLogs.Model.ResourceNotFoundException)
        {
            return null;
        }
    }

    private static ResourceToImport Import(string id, string type, string key, string value) =>
        new()
        {
            LogicalResourceId = id,
            ResourceType = type,
            ResourceIdentifier = new() { [key] = value },
        };
}
