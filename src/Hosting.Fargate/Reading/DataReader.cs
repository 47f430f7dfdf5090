using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Reading;

/// <summary>What holds data and belongs to this environment.</summary>
internal sealed class DataReader(
    DistributedApplicationModel model,
    FargateEnvironmentResource environment,
    string stack,
    VolumeNames volumeNames,
    Refusals refusals
)
{
    /// <summary>What of the model this environment has; those of one type after each other.</summary>
    public IReadOnlyList<DataResource> Read(ImmutableArray<ServiceSpec> services, ImmutableArray<TaskSpec> tasks)
    {
        List<DataResource> data =
        [
            .. model
                .Resources.OfType<AwsResource>()
                .Where(resource => !resource.IsExcludedFromPublish() && IsHere(resource))
                .Select(resource => resource.ToData())
                .OrderBy(KeptTypes.OrderOf),
        ];
        foreach (var made in data.Where(made => made.Existing is null))
        {
            if (made.RefuseName(stack) is { } fault)
            {
                refusals.Add(made.Name, fault);
            }
        }

        RefuseElsewhere(services, tasks, [.. data.Select(one => one.Id)]);
        return data;
    }

    /// <summary>What was said of a volume that nothing mounts.</summary>
    /// <param name="fileSystems">Those that are mounted.</param>
    public void RefuseUnused(IReadOnlyList<DataResource> fileSystems)
    {
        foreach (
            var unknown in environment.Safeguards.FileSystems.Keys.Where(name =>
                fileSystems.All(fileSystem => fileSystem.Name != volumeNames.Of(name))
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
            var scaledBy = workload is ServiceSpec { Scaling.Backlog.Queue: { Existing: null } queue } ? [queue.Id] : Array.Empty<string>();
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
                user.Annotations.OfType<AwsReferenceAnnotation>()
                    .Any(reference => ResourceNames.Comparer.Equals(reference.Resource, resource))
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
