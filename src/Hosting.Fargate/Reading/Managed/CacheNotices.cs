using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Reading;

/// <summary>What a cache's container has here and ElastiCache has not.</summary>
internal static class CacheNotices
{
    /// <summary>What is so since the model says nothing else, what it costs, and what says otherwise.</summary>
    public static Notice OfDefault(ContainerResource resource) =>
        new(
            resource.Name,
            "is a cache of ElastiCache Serverless for Valkey, since the model says nothing else: from about "
                + $"{CostText.Amount(Prices.CacheGigabyteHour * Prices.LeastCacheGigabytes * Prices.HoursOfMonth)} USD a month, with the "
                + "database 0 alone, and the keys of one command in one slot. PublishAsElastiCache(cache => …) says more of it, "
                + "PublishAsElastiCacheNodes(cache => …) takes nodes with neither limit, and PublishAsContainer() keeps it in a container.",
            IsNews: true
        );

    public static IEnumerable<Notice> Of(ContainerResource resource, Cache cache, ServerSettings settings)
    {
        var snapshotDays = cache.Nodes?.SnapshotDays ?? cache.Serverless!.SnapshotDays;
        if (
            settings.Volumes.Select(volume => $"volume '{volume}'").Concat(ServerSettings.DataFoldersOf(resource)).FirstOrDefault() is
            { } data
        )
        {
            yield return Notice(
                $"has the {data} here alone: ElastiCache keeps its data itself"
                    + (snapshotDays > 0 ? "." : $". What is to outlive the cache: {cache.Method}(cache => cache.SnapshotDays = 7).")
            );
        }

        if (
            ServerSettings.MountsOf(resource).Any(mount => !ServerSettings.IsOfData(mount, resource))
            || resource.HasAnnotationOfType<ContainerFileSystemCallbackAnnotation>()
        )
        {
            yield return Notice("has files in its container (WithContainerFiles, WithBindMount) here alone.", isWarning: true);
        }

        if (settings.Arguments.Count > 0)
        {
            yield return Notice(
                $"has arguments (WithArgs) here alone: {string.Join(' ', settings.Arguments)}. "
                    + (
                        cache.Nodes is null
                            ? "ElastiCache Serverless has no settings but its limits"
                            : "Its nodes have the settings that ElastiCache gives Valkey"
                    )
                    + "; where it is full it evicts what has a time to live.",
                isWarning: true
            );
        }

        if (settings.Others.Any())
        {
            yield return Notice($"has {string.Join(" and ", settings.Others)} (WithEnvironment) here alone.", isWarning: true);
        }

        Notice Notice(string text, bool isWarning = false) => new(resource.Name, text, isWarning);
    }
}
