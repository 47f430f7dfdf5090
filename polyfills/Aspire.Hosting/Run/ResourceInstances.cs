using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The instances that a resource runs as.</summary>
internal sealed class ResourceInstancesAnnotation(ImmutableArray<string> names) : IResourceAnnotation
{
    /// <summary>The name of each instance.</summary>
    public ImmutableArray<string> Names => names;
}

internal static class ResourceInstances
{
    /// <summary>The names that the resource's state and log are kept under: its own, or where it has replicas those of the replicas.</summary>
    public static IReadOnlyList<string> InstanceNames(this IResource resource) =>
        resource.Annotations.OfType<ResourceInstancesAnnotation>().LastOrDefault() is { } instances ? instances.Names : [resource.Name];

    /// <summary>Gives each resource with replicas its instances: <c>worker-1</c>, <c>worker-2</c> … beside whatever else has such a name.</summary>
    public static void Name(IEnumerable<IResource> resources)
    {
        var all = resources.ToList();
        var taken = all.Select(resource => resource.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var resource in all.Where(resource => resource.GetReplicaCount() > 1))
        {
            var names = Enumerable.Range(1, int.MaxValue)
                .Select(number => $"{resource.Name}-{number}")
                .Where(taken.Add)
                .Take(resource.GetReplicaCount());
            resource.Annotations.Add(new ResourceInstancesAnnotation([.. names]));
        }
    }
}
