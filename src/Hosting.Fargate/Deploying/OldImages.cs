using Amazon.ECR.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Images;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// Takes away what deploys have left: all but the newest revisions of a task definition, and the images that no revision of those refers
/// to. What runs, or is what ECS or CloudFormation goes back to, stays whatever its age; so does an image without a tag of ours. A
/// lifecycle rule of ECR could not tell: it knows when an image was pushed, and not what runs it.
/// </summary>
internal sealed class OldImages(DeploySession session)
{
    /// <summary>So many revisions of each task definition stay, and so many of the images pushed last.</summary>
    public const int Kept = 10;

    private readonly FargateApplication _application = session.Application;

    /// <returns>How many revisions and how many images went.</returns>
    public async Task<(int Revisions, int Images)> DeleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await DeleteAllAsync(cancellationToken);
        }
        catch (AmazonServiceException exception)
        {
            // The deploy is done: what stays costs a little and does no harm.
            session.Logger.LogWarning(
                "Old images were not deleted, which the next deploy does: {Reason}",
                AwsFailure.Say(exception, exception.Message)
            );
            return (0, 0);
        }
    }

    private async Task<(int Revisions, int Images)> DeleteAllAsync(CancellationToken cancellationToken)
    {
        var (revisions, images) = (0, 0);
        IReadOnlySet<string>? inUse = null;
        foreach (var workload in _application.Workloads.Where(workload => workload.Main.Image is BuiltImage))
        {
            var repository = RepositoryComposer.NameOf(_application, workload.Name);
            var all = await RevisionsAsync(TaskDefinitionComposer.FamilyOf(_application, workload), cancellationToken);
            var candidates = await OldAsync(repository, cancellationToken);
            if (all.Count <= Kept && candidates.Count == 0)
            {
                continue;
            }

            inUse ??= await InUseAsync(cancellationToken);
            foreach (var arn in all.Skip(Kept).Where(arn => !inUse.Contains(arn)))
            {
                await session.Aws.Ecs.DeregisterTaskDefinitionAsync(
                    new DeregisterTaskDefinitionRequest { TaskDefinition = arn },
                    cancellationToken
                );
                revisions++;
            }

            var kept = await DigestsAsync(all.Take(Kept).Union(inUse, StringComparer.Ordinal), cancellationToken);
            foreach (var some in candidates.Where(digest => !kept.Contains(digest)).Chunk(100))
            {
                await session.Aws.Ecr.BatchDeleteImageAsync(
                    new BatchDeleteImageRequest
                    {
                        RepositoryName = repository,
                        ImageIds = [.. some.Select(digest => new ImageIdentifier { ImageDigest = digest })],
                    },
                    cancellationToken
                );
                images += some.Length;
            }
        }

        return (revisions, images);
    }

    /// <summary>The revisions of a family that can be run, the newest first.</summary>
    private async Task<IReadOnlyList<string>> RevisionsAsync(string family, CancellationToken cancellationToken)
    {
        List<string> arns = [];
        string? next = null;
        do
        {
            var page = await session.Aws.Ecs.ListTaskDefinitionsAsync(
                new ListTaskDefinitionsRequest
                {
                    FamilyPrefix = family,
                    Status = TaskDefinitionStatus.ACTIVE,
                    Sort = SortOrder.DESC,
                    NextToken = next,
                },
                cancellationToken
            );
            arns.AddRange(page.TaskDefinitionArns ?? []);
            next = page.NextToken;
        } while (next is not null);
        return arns;
    }

    /// <summary>The images that deploy has pushed, but for the last ones.</summary>
    private async Task<IReadOnlyList<string>> OldAsync(string repository, CancellationToken cancellationToken)
    {
        List<ImageDetail> images = [];
        string? next = null;
        do
        {
            var page = await session.Aws.Ecr.DescribeImagesAsync(
                new DescribeImagesRequest { RepositoryName = repository, NextToken = next },
                cancellationToken
            );
            images.AddRange((page.ImageDetails ?? []).Where(image => image.ImageTags?.Exists(ContentHash.IsTag) == true));
            next = page.NextToken;
        } while (next is not null);
        return [.. images.OrderByDescending(image => image.ImagePushedAt).Skip(Kept).Select(image => image.ImageDigest)];
    }

    /// <summary>
    /// The revisions that something runs, or would go back to: what the stack holds, the deployments of services, and every task.
    /// </summary>
    private async Task<IReadOnlySet<string>> InUseAsync(CancellationToken cancellationToken)
    {
        HashSet<string> arns = new(StringComparer.Ordinal);
        arns.UnionWith(await InStackAsync(_application.Name, cancellationToken));
        try
        {
            await AddServicesAsync(arns, cancellationToken);
            await AddTasksAsync(arns, cancellationToken);
        }
        catch (ClusterNotFoundException) { }

        return arns;
    }

    private async Task<IEnumerable<string>> InStackAsync(string stack, CancellationToken cancellationToken)
    {
        List<string> arns = [];
        foreach (
            var resource in (await session.Stacks.ResourcesAsync(stack, cancellationToken)).Values.Where(resource =>
                resource.PhysicalResourceId is { Length: > 0 }
            )
        )
        {
            if (resource.ResourceType == "AWS::ECS::TaskDefinition")
            {
                arns.Add(resource.PhysicalResourceId);
            }
            else if (resource.ResourceType == "AWS::CloudFormation::Stack")
            {
                arns.AddRange(await InStackAsync(resource.PhysicalResourceId, cancellationToken));
            }
        }

        return arns;
    }

    private async Task AddServicesAsync(HashSet<string> arns, CancellationToken cancellationToken)
    {
        await foreach (var service in session.Aws.Ecs.ServicesAsync(_application.Name, cancellationToken))
        {
            arns.Add(service.TaskDefinition);
            arns.UnionWith((service.Deployments ?? []).Select(other => other.TaskDefinition));
        }
    }

    private async Task AddTasksAsync(HashSet<string> arns, CancellationToken cancellationToken)
    {
        await foreach (var task in session.Aws.Ecs.TasksAsync(_application.Name, cancellationToken))
        {
            arns.Add(task.TaskDefinitionArn);
        }
    }

    private async Task<IReadOnlySet<string>> DigestsAsync(IEnumerable<string> definitions, CancellationToken cancellationToken)
    {
        HashSet<string> digests = new(StringComparer.Ordinal);
        foreach (var arn in definitions)
        {
            var answer = await session.Aws.Ecs.DescribeTaskDefinitionAsync(
                new DescribeTaskDefinitionRequest { TaskDefinition = arn },
                cancellationToken
            );
            digests.UnionWith(
                (answer.TaskDefinition.ContainerDefinitions ?? [])
                    .Select(container => container.Image)
                    .Where(image => image.Contains('@'))
                    .Select(image => image.Split('@')[1])
            );
        }

        return digests;
    }
}
