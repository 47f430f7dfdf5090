using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The order in which resources stop: who uses or waits for another goes before it, so that nobody finds the other gone.</summary>
internal static class StopOrder
{
    /// <summary>Puts resources into layers; those of one layer may stop at once.</summary>
    public static IEnumerable<IReadOnlyList<IResource>> Layers(IEnumerable<IResource> resources)
    {
        var remaining = resources.ToList();
        var needs = remaining.ToDictionary(resource => resource, Needs);
        while (remaining.Count > 0)
        {
            var layer = remaining.Where(resource => !remaining.Exists(other => other != resource && needs[other].Contains(resource))).ToList();
            if (layer.Count == 0)
            {
                // They refer to each other in a circle: no order is better than another.
                layer = [.. remaining];
            }
            yield return layer;
            remaining.RemoveAll(layer.Contains);
        }
    }

    private static HashSet<IResource> Needs(IResource resource)
    {
        var needs = resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Where(relationship => relationship.Type is KnownRelationshipTypes.Reference or KnownRelationshipTypes.WaitFor)
                .Select(relationship => relationship.Resource))
            .SelectMany(SelfAndParents)
            .ToHashSet();
        needs.Remove(resource);
        return needs;
    }

    // Who needs a database needs its server.
    private static IEnumerable<IResource> SelfAndParents(IResource resource)
    {
        for (var current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            yield return current;
        }
    }
}
