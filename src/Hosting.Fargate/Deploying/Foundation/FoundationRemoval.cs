using System.Globalization;
using System.Net;
using Amazon.CloudFormation.Model;
using Amazon.ECR.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecretsManager.Model;
using Aspire.Hosting;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Foundation;

/// <summary>
/// Takes a foundation away with its data, all of it agreed to: images and objects are deleted, secrets have a recovery window, and
/// CloudFormation deletes the rest.
/// </summary>
internal sealed class FoundationRemoval
{
    /// <summary>How long a deleted secret can be restored: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html.</summary>
    private const int RecoveryDays = 30;

    private readonly StackSession _session;
    private readonly LiveStack _foundation;
    private readonly IReadOnlyCollection<StackResourceSummary> _resources;

    private FoundationRemoval(StackSession session, LiveStack foundation, IReadOnlyCollection<StackResourceSummary> resources)
    {
        _session = session;
        _foundation = foundation;
        _resources = resources;
    }

    /// <summary>What is in the foundation, a line each.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            foreach (var repository in Of("AWS::ECR::Repository"))
            {
                yield return $"repository {repository} with all its images";
            }

            foreach (var bucket in Of("AWS::S3::Bucket"))
            {
                yield return $"bucket {bucket} with all its objects";
            }

            foreach (var queue in Of("AWS::SQS::Queue"))
            {
                yield return $"queue {queue[(queue.LastIndexOf('/') + 1)..]} with its messages";
            }

            foreach (var files in Of("AWS::EFS::FileSystem"))
            {
                yield return $"file system {files} with its files";
            }

            foreach (var secret in Of("AWS::SecretsManager::Secret"))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"secret {secret[(secret.LastIndexOf(':') + 1)..]} (can be restored for {RecoveryDays} days)"
                );
            }
        }
    }

    public static async Task<FoundationRemoval> ReadAsync(StackSession session, LiveStack foundation, CancellationToken cancellationToken)
    {
        var resources = await session.Stacks.ResourcesAsync(foundation.Id, cancellationToken);
        return new FoundationRemoval(
            session,
            foundation,
            [.. resources.Values.Where(resource => resource.ResourceStatus?.Value != "DELETE_COMPLETE")]
        );
    }

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        // The policies first: nothing has been deleted yet should that not go through.
        await MakeDeletableAsync(cancellationToken);
        foreach (var repository in Of("AWS::ECR::Repository"))
        {
            await EmptyRepositoryAsync(repository, cancellationToken);
        }

        foreach (var bucket in Of("AWS::S3::Bucket"))
        {
            await EmptyBucketAsync(bucket, cancellationToken);
        }

        // Before the stack: once that is gone, nothing says any more which secrets were its own.
        foreach (var secret in Of("AWS::SecretsManager::Secret"))
        {
            await DeleteSecretAsync(secret, cancellationToken);
        }

        var progress = new StackProgress(_session.Logger, _session.Live);
        await _session.Readiness.DeleteAsync(
            await _session.Stacks.FindAsync(_foundation.Id, cancellationToken) ?? _foundation,
            cancellationToken,
            events =>
            {
                progress.Report(events);
                return Task.CompletedTask;
            }
        );
    }

    private IEnumerable<string> Of(string type) =>
        _resources.Where(resource => resource.ResourceType == type).Select(resource => resource.PhysicalResourceId);

    private async Task MakeDeletableAsync(CancellationToken cancellationToken)
    {
        if (_foundation.Status.Value == "DELETE_FAILED")
        {
            return;
        }

        var template = FoundationTemplates.Deletable(await _session.Stacks.TemplateAsync(_foundation, cancellationToken));
        var source = await _session.Store.SourceAsync(template, _session.TemplatesBucket(_foundation), cancellationToken);
        if (
            await _session.ChangeSets.CreateAsync(new StackTarget(_foundation.Name, source, []), _foundation, cancellationToken)
            is not { } changes
        )
        {
            return;
        }

        var watch = new StackWatch(_session.Stacks, changes.StackId);
        await watch.SkipPastAsync(cancellationToken);
        await _session.ChangeSets.ExecuteAsync(changes, cancellationToken);
        if (await watch.UntilDoneAsync(_ => Task.CompletedTask, cancellationToken) is not { HasSucceeded: true } end)
        {
            throw new DistributedApplicationException(
                $"'{_foundation.Name}' could not be made ready to be deleted; nothing of it was. Look at: aws cloudformation describe-stack-events --stack-name {_foundation.Name}"
            );
        }
    }

    private async Task EmptyRepositoryAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            string? next = null;
            do
            {
                var page = await _session.Aws.Ecr.ListImagesAsync(
                    new ListImagesRequest { RepositoryName = repository, NextToken = next },
                    cancellationToken
                );
                foreach (
                    var digests in (page.ImageIds ?? [])
                        .Select(image => image.ImageDigest)
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal)
                        .Chunk(100)
                )
                {
                    await _session.Aws.Ecr.BatchDeleteImageAsync(
                        new BatchDeleteImageRequest
                        {
                            RepositoryName = repository,
                            ImageIds = [.. digests.Select(digest => new ImageIdentifier { ImageDigest = digest })],
                        },
                        cancellationToken
                    );
                }

                next = page.NextToken;
            } while (next is not null);
        }
        catch (RepositoryNotFoundException) { }
    }

    private async Task EmptyBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            ListVersionsResponse page;
            var request = new ListVersionsRequest { BucketName = bucket, ExpectedBucketOwner = _session.Account.Id };
            do
            {
                page = await _session.Aws.S3.ListVersionsAsync(request, cancellationToken);
                if (page.Versions is { Count: > 0 } versions)
                {
                    _session.Logger.LogInformation("{Bucket}: deleting {Count} objects", bucket, versions.Count);
                    await _session.Aws.S3.DeleteObjectsAsync(
                        new DeleteObjectsRequest
                        {
                            BucketName = bucket,
                            ExpectedBucketOwner = _session.Account.Id,
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

    private async Task DeleteSecretAsync(string secret, CancellationToken cancellationToken)
    {
        try
        {
            await _session.Aws.Secrets.DeleteSecretAsync(
                new DeleteSecretRequest { SecretId = secret, RecoveryWindowInDays = RecoveryDays },
                cancellationToken
            );
            _session.Logger.LogInformation(
                "secret {Secret}: deleted, and can be restored for {Days} days",
                secret[(secret.LastIndexOf(':') + 1)..],
                RecoveryDays
            );
        }
        catch (Exception exception)
            when (exception is Amazon.SecretsManager.Model.ResourceNotFoundException or Amazon.SecretsManager.Model.InvalidRequestException)
        {
            // It is gone already, or on its way by a destroy that was cut off.
        }
    }
}
