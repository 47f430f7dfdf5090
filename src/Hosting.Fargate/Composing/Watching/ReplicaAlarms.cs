using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What somebody should look at of a replica: that it is far behind, or does not follow at all.
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html has what is measured.
/// </summary>
internal static class ReplicaAlarms
{
    private const int LagSeconds = 60;

    public static IEnumerable<MetricAlarm> Of(DatabaseServer server, DatabaseReplica replica, RelationalDatabase options)
    {
        yield return Of(
            replica,
            "Lag",
            $"{replica.Name} has been more than {LagSeconds} seconds behind {server.Name} for 15 minutes: those that read from it read what was",
            "ReplicaLag",
            "Average",
            LagSeconds
        );
        yield return Of(
            replica,
            "Cpu",
            $"{replica.Name} has used more than {DatabaseAlarms.CpuPercent} percent of its processors for 15 minutes",
            "CPUUtilization",
            "Average",
            DatabaseAlarms.CpuPercent
        );
        yield return Of(
            replica,
            "Storage",
            $"{replica.Name} has had less than {DatabaseAlarms.FreeGigabytes(options)} GiB of storage left for 15 minutes, and follows no more where it is full",
            "FreeStorageSpace",
            "Minimum",
            DatabaseAlarms.FreeGigabytes(options) * (1L << 30)
        ) with
        {
            IsTooLittle = true,
        };
    }

    /// <summary>Of the instances of a cluster that read: they share its storage, so that they are behind for a part of a second.</summary>
    public static MetricAlarm OfCluster(DatabaseServer server) =>
        DatabaseAlarms.Of(
            server,
            "ReaderLag",
            $"an instance of {server.Name} that reads has been more than a second behind for 15 minutes",
            "AuroraReplicaLag",
            "Maximum",
            1_000
        );

    private static MetricAlarm Of(
        DatabaseReplica replica,
        string what,
        string description,
        string metric,
        string statistic,
        long threshold
    ) => DatabaseAlarms.Of(replica.ResourceId, "DBInstanceIdentifier", what, description, metric, statistic, threshold);
}
