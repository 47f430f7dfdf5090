using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What somebody should look at of a cluster of Aurora; its storage grows by itself.
/// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html has what is measured.
/// </summary>
internal static class AuroraAlarms
{
    private const int CapacityPercent = 90;

    /// <summary>The memory of an ACU in bytes.</summary>
    private const long Memory = 2L << 30;

    /// <summary>
    /// The most connections where it may have little memory:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections.
    /// </summary>
    private const long MostOfSmall = 2_000;

    private const decimal Small = 0.5m;

    public static IEnumerable<MetricAlarm> Of(DatabaseServer server, AuroraDatabase options)
    {
        yield return DatabaseAlarms.Of(
            server,
            "Capacity",
            $"{server.Name} has had more than {CapacityPercent} percent of the most capacity that it may have for 15 minutes",
            "ACUUtilization",
            "Average",
            CapacityPercent
        );
        if (server.Replicas.Length > 0)
        {
            yield return ReplicaAlarms.OfCluster(server);
        }

        if (MostConnections(server, options) is { } connections)
        {
            yield return DatabaseAlarms.Of(
                server,
                "Connections",
                $"{server.Name} has had more than {connections} connections for 15 minutes, of not many more that it takes",
                "DatabaseConnections",
                "Maximum",
                connections
            );
        }
    }

    private static int? MostConnections(DatabaseServer server, AuroraDatabase options) =>
        server.Engine.ConnectionsOf((long)(options.MaximumCapacity * Memory)) is { } most
            ? (int)((options.MinimumCapacity <= Small ? Math.Min(most, MostOfSmall) : most) * DatabaseAlarms.ManyConnections)
            : null;
}
