using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What holds data: the queues, buckets and file systems that belong to this environment.</summary>
internal sealed class DataReader(
    DistributedApplicationModel model,
    FargateEnvironmentResource environment,
    string stack,
    VolumeNames volumeNames,
    Refusals refusals
)
{
    /// <summary>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html.</summary>
    private const int MaxQueueName = 80;

    public sealed record Data(ImmutableArray<Queue> Queues, ImmutableArray<Bucket> Buckets, ImmutableArray<FileSystem> FileSystems);

    public Data Read(ImmutableArray<ServiceSpec> services, ImmutableArray<TaskSpec> tasks)
    {
        List<Queue> queues = [];
        List<Bucket> buckets = [];
        foreach (
            var resource in model.Resources.OfType<AwsResource>().Where(resource => !resource.IsExcludedFromPublish() && IsHere(resource))
        )
        {
            switch (resource)
            {
                case SqsQueueResource queue:
                    queues.Add(AwsResourceReader.Read(queue));
                    break;
                case S3BucketResource bucket:
                    buckets.Add(AwsResourceReader.Read(bucket));
                    break;
            }
        }

        foreach (var bucket in buckets.Where(bucket => bucket.ExistingArn is null))
        {
            RefuseLongName(stack, bucket.Name, refusals);
        }

        foreach (var queue in queues.Where(queue => queue.ExistingArn is null))
        {
            var longest = $"{stack}-{queue.Name}{(queue.MaxReceives is null ? "" : "-dead-letters")}";
            if (longest.Length > MaxQueueName)
            {
                refusals.Add(
                    queue.Name,
                    $"'{queue.Name}' would have the queue {longest} with {longest.Length} characters, and SQS takes "
                        + $"{MaxQueueName}. Shorten the name of the environment or of the queue."
                );
            }
        }

        RefuseElsewhere(services, tasks, [.. queues.Select(queue => queue.Id), .. buckets.Select(bucket => bucket.Id)]);
        var fileSystems = services
            .Cast<Workload>()
            .Concat(tasks)
            .SelectMany(workload => workload.Volumes)
            .Select(volume => volume.FileSystem)
            .OfType<FileSystem>()
            .DistinctBy(fileSystem => fileSystem.Name)
            .ToList();
        foreach (
            var unknown in environment.Safeguards.FileSystems.Keys.Where(name =>
                fileSystems.TrueForAll(fileSystem => fileSystem.Name != volumeNames.Of(name))
            )
        )
        {
            refusals.Add(
                null,
                $"'{environment.Name}' has a file system for the volume '{unknown}' (WithExistingFileSystem), which "
                    + "nothing mounts. "
                    + $"Volumes: {(fileSystems.Count == 0 ? "none" : string.Join(", ", fileSystems.Select(fileSystem => fileSystem.Name)))}."
            );
        }

        return new Data([.. queues], [.. buckets], [.. fileSystems]);
    }

    /// <summary>stack-bucket-123456789012-ap-southeast-1: S3 takes 63 characters.</summary>
    public static void RefuseLongName(string stack, string bucket, Refusals refusals)
    {
        const int most = 63 - 1 - 12 - 1 - 14 - 1;
        if (stack.Length + bucket.Length > most)
        {
            refusals.Add(
                bucket,
                $"'{bucket}' would be a bucket named "
                    + $"{stack}-{bucket.ToLowerInvariant()}-ACCOUNT-REGION, and S3 takes 63 characters. "
                    + $"The names of environment and bucket have {stack.Length + bucket.Length} together; shorten them to {most}."
            );
        }
    }

    /// <summary>Values of what this environment does not make: of another environment's, or of what the model excludes.</summary>
    private void RefuseElsewhere(ImmutableArray<ServiceSpec> services, ImmutableArray<TaskSpec> tasks, HashSet<string> here)
    {
        foreach (var workload in services.Cast<Workload>().Concat(tasks))
        {
            var values = workload
                .Containers.SelectMany(container => container.Values)
                .SelectMany(value => value.Parts)
                .OfType<ResourceAttribute>()
                .Select(attribute => attribute.ResourceId);
            var scaledBy = workload is ServiceSpec { Scaling.Backlog.Queue: { ExistingArn: null } queue }
                ? [queue.Id]
                : Array.Empty<string>();
            foreach (var id in values.Concat(scaledBy).Distinct().Where(id => !here.Contains(id)))
            {
                var name = model.Resources.OfType<AwsResource>().First(resource => Names.Id(resource.Name) == id).Name;
                refusals.Add(
                    workload.Name,
                    $"'{workload.Name}' uses '{name}', which '{environment.Name}' does not have. Say that it is "
                        + $"used here ({workload.Name}.WithReference({name}, …)), or, where the model excludes it, name the one that exists: "
                        + "UseExisting(arn)."
                );
            }
        }
    }

    /// <summary>A resource goes where it is used; what nobody uses, or all do, to the first environment of the model.</summary>
    private bool IsHere(AwsResource resource)
    {
        var environments = model.Resources.OfType<FargateEnvironmentResource>().ToList();
        if (environments.Count == 1 || resource.ExistingArn is not null)
        {
            return true;
        }

        var users = model
            .Resources.OfType<IComputeResource>()
            .Where(user =>
                user.Annotations.OfType<QueueReferenceAnnotation>()
                    .Any(reference => ResourceNames.Comparer.Equals(reference.Queue, resource))
                || user.Annotations.OfType<BucketReferenceAnnotation>()
                    .Any(reference => ResourceNames.Comparer.Equals(reference.Bucket, resource))
            )
            .Select(user => user.GetComputeEnvironment())
            .Distinct()
            .ToList();
        if (users.Count > 1)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' is used from the environments "
                    + $"{string.Join(" and ", users.Select(user => $"'{user?.Name}'"))}, each of which would make one of its own. "
                    + "Put those services into one environment, or make the resource beforehand and name it: UseExisting(arn)."
            );
        }

        return (users.FirstOrDefault() ?? environments[0]) == environment;
    }
}
