using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>What caches of ElastiCache cost by the month, and what of it is billed by use.</summary>
internal static class CacheCosts
{
    /// <summary>A month of a GB of snapshots.</summary>
    private const decimal SnapshotGigabyteMonth = 0.085m;

    private const string PricingPage = "https://aws.amazon.com/elasticache/pricing/";

    /// <summary>An hour of a node with Valkey by its type: as <see cref="Prices"/> has the others, USD in us-east-1, second-hand.</summary>
    private static readonly Dictionary<string, decimal> s_hours = new(StringComparer.Ordinal)
    {
        ["cache.t4g.micro"] = 0.0128m,
        ["cache.t4g.small"] = 0.0256m,
        ["cache.t4g.medium"] = 0.052m,
        ["cache.t3.micro"] = 0.0136m,
        ["cache.t3.small"] = 0.0272m,
        ["cache.t3.medium"] = 0.0544m,
        ["cache.m7g.large"] = 0.1264m,
        ["cache.m7g.xlarge"] = 0.252m,
        ["cache.m7g.2xlarge"] = 0.5038m,
        ["cache.m6g.large"] = 0.1192m,
        ["cache.m6g.xlarge"] = 0.2376m,
        ["cache.m6g.2xlarge"] = 0.4744m,
        ["cache.m5.large"] = 0.1248m,
        ["cache.m5.xlarge"] = 0.2488m,
        ["cache.r7g.large"] = 0.1752m,
        ["cache.r7g.xlarge"] = 0.3496m,
        ["cache.r7g.2xlarge"] = 0.6984m,
        ["cache.r6g.large"] = 0.1648m,
        ["cache.r6g.xlarge"] = 0.3288m,
        ["cache.r6g.2xlarge"] = 0.6568m,
        ["cache.r5.large"] = 0.1728m,
        ["cache.r5.xlarge"] = 0.3448m,
    };

    public static IEnumerable<CostLine> Of(FargateApplication application)
    {
        if (application.Caches.Count(cache => cache.Serverless is not null) is > 0 and var serverless)
        {
            yield return new CostLine(
                "Caches, with the least that is billed in each",
                Prices.CacheGigabyteHour * Prices.LeastCacheGigabytes * Prices.HoursOfMonth,
                serverless
            );
        }

        foreach (var cache in application.Caches)
        {
            if (cache.Nodes is { } nodes && s_hours.TryGetValue(nodes.NodeType, out var hour))
            {
                yield return new CostLine(Title(cache, nodes), hour * Prices.HoursOfMonth, nodes.Count);
            }
        }
    }

    public static IEnumerable<UncountedCost> ByUse(FargateApplication application)
    {
        if (application.Caches.Any(cache => cache.Serverless is not null))
        {
            yield return new UncountedCost(
                "Caches",
                $"{CostText.Price(Prices.CacheGigabyteHour)} an hour for each GB in them, {CostText.Price(Prices.MillionCacheUnits)} for a "
                    + "million processing units (a simple request is one)"
            );
        }

        foreach (var cache in application.Caches)
        {
            if (cache.Nodes is { } nodes && !s_hours.ContainsKey(nodes.NodeType))
            {
                yield return new UncountedCost(Title(cache, nodes), $"by the hour: {PricingPage}");
            }
        }

        if (application.Caches.Any(cache => cache.Nodes is { SnapshotDays: > 0 }))
        {
            yield return new UncountedCost(
                "Snapshots of nodes",
                $"{CostText.PerGigabyteMonth(SnapshotGigabyteMonth)}, of one of each cache nothing"
            );
        }
    }

    private static string Title(Cache cache, CacheNodes nodes) =>
        $"{cache.Name}: {nodes.NodeType} with Valkey{(nodes.Replicas > 0 ? $", {nodes.Count} of them" : "")}";
}
