using System.Globalization;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What somebody should look at of a cache of nodes: whichever of them is the worst.
/// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html has what AWS recommends.
/// </summary>
internal static class CacheNodesAlarms
{
    private const int Percent = 90;
    private const int MemoryPercent = 80;
    private const int LagSeconds = 60;

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Cache cache, CacheNodes options)
    {
        if (!application.Alarms.Enabled)
        {
            yield break;
        }

        // Valkey works on commands with one processor. Of small nodes AWS recommends to look at all that the machine does instead, with
        // that one's share.
        yield return NodeTypes.HasTwoProcessors(options.NodeType)
            ? Of(
                application,
                cache,
                "Cpu",
                $"{cache.Name} has used more than {Percent} percent of one of its two processors for 15 minutes, and Valkey works on "
                    + "commands with one",
                "CPUUtilization",
                "Average",
                Percent / 2
            )
            : Of(
                application,
                cache,
                "Cpu",
                $"{cache.Name} has used more than {Percent} percent of the processor that works on commands for 15 minutes",
                "EngineCPUUtilization",
                "Average",
                Percent
            );
        yield return Of(
            application,
            cache,
            "Memory",
            $"{cache.Name} has used more than {MemoryPercent} percent of its memory for 15 minutes; where it is full it throws away what "
                + "has a time to live, and takes nothing more where nothing has one",
            "DatabaseMemoryUsagePercentage",
            "Maximum",
            MemoryPercent
        );
        yield return Of(
            application,
            cache,
            "Evictions",
            $"{cache.Name} has thrown things away for 15 minutes, since it is full",
            "Evictions",
            "Sum",
            0
        );
        if (options.Replicas > 0)
        {
            yield return Of(
                application,
                cache,
                "ReplicaLag",
                $"a replica of {cache.Name} has been more than {LagSeconds} seconds behind for 15 minutes: what reads from it reads what was, "
                    + "and it would take the first one's place with that",
                "ReplicationLag",
                "Maximum",
                LagSeconds
            );
        }
    }

    private static TemplateResource Of(
        FargateApplication application,
        Cache cache,
        string what,
        string description,
        string metric,
        string statistic,
        int threshold
    ) =>
        AlarmComposer.Alarm(
            application,
            $"{cache.ResourceId}{what}Alarm",
            description,
            AlarmComposer.Exceeds(
                threshold,
                3,
                null,
                [
                    .. cache.NodeSuffixes.Select((suffix, index) => Metric(cache, suffix, index + 1, metric, statistic)),
                    MetricQueries.Expression("worst", metric, "MAX(METRICS())"),
                ]
            )
        );

    private static TemplateMap Metric(Cache cache, string suffix, int number, string metric, string statistic) =>
        MetricQueries.Metric(
            string.Create(CultureInfo.InvariantCulture, $"node{number}"),
            statistic,
            "AWS/ElastiCache",
            metric,
            new TemplateMap { ["CacheClusterId"] = Fn.Sub($"${{{cache.ResourceId}}}{suffix}") },
            period: 300
        );
}
