using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>
/// Caches that a deploy makes anew: nobody has to agree to that, for what is in a cache can be made again, and it is told.
/// </summary>
internal static class EmptyCaches
{
    private static readonly Dictionary<string, string> s_suffixes = new(StringComparer.Ordinal)
    {
        [Cache.ServerlessType] = Cache.Suffix,
        [Cache.NodesType] = Cache.NodesSuffix,
    };

    /// <summary>For a person, a line for each.</summary>
    public static IEnumerable<string> Lines(IReadOnlyCollection<PlannedChange> changes)
    {
        foreach (var change in changes.Where(change => s_suffixes.ContainsKey(change.Type)))
        {
            if (change.Kind is ChangeKind.Replace or ChangeKind.MayReplace)
            {
                yield return $"{change.Id} {(change.Kind == ChangeKind.Replace ? "is" : "may be")} replaced by another cache, which begins empty.";
            }
            else if (change.Kind == ChangeKind.Add && Before(change, changes) is { } before)
            {
                yield return $"{change.Id} takes the place of {before.Id}, and begins empty.";
            }
        }
    }

    /// <summary>What a cache was until now, where it was one of another kind, or a container.</summary>
    private static PlannedChange? Before(PlannedChange added, IEnumerable<PlannedChange> changes)
    {
        var id = added.Id[..^s_suffixes[added.Type].Length];
        return changes.FirstOrDefault(change =>
            change.Kind == ChangeKind.Remove
            && (
                change.Type == "AWS::ECS::Service"
                    ? change.Id == $"{id}Service"
                    : s_suffixes.TryGetValue(change.Type, out var suffix) && change.Id == $"{id}{suffix}"
            )
        );
    }
}
