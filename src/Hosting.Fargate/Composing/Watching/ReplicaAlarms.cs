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

    public static IEnumerable<TemplateResource> Compose(
        FargateApplication application,
        DatabaseServer server,
        DatabaseReplica replica,
        RelationalDatabase options
    )
    {
        if (!application.Alarms.Enabled)
        {
            yield break;
        }

        yield return Of(
            application,
            replica,
            "Lag",
            $"{replica.Name} has been more than {LagSeconds} seconds behind {server.Name} for 15 minutes: those that read from it read what was",
            "ReplicaLag",
            "Average",
            "GreaterThanThreshold",
            LagSeconds
        );
        yield return Of(
            application,
            replica,
            "Cpu",
            $"{replica.Name} has used more than {DatabaseAlarms.CpuPercent} percent of its processors for 15 minutes",
            "CPUUtilization",
            "Average",
            "GreaterThanThreshold",
            DatabaseAlarms.CpuPercent
        );
        yield return Of(
            application,
            replica,
            "Storage",
            $"{replica.Name} has had less than {DatabaseAlarms.FreeGigabytes(options)} GiB of storage left for 15 minutes, and follows no more where it is full",
            "FreeStorageSpace",
            "Minimum",
            "LessThanThreshold",
            DatabaseAlarms.FreeGigabytes(options) * (1L << 30)
        );
    }

    /// <summary>Of the instances of a cluster that read: they share its storage, so that they are behind for a part of a second.</summary>
    public static TemplateResource OfCluster(FargateApplication application, DatabaseServer server) =>
        DatabaseAlarms.Of(
            application,
            server,
            "ReaderLag",
            $"an instance of {server.Name} that reads has been more than a second behind for 15 minutes",
            "AuroraReplicaLag",
            "Maximum",
            "GreaterThanThreshold",
            1_000
        );

    private static TemplateResource Of(
        FargateApplication application,
        DatabaseReplica replica,
        string what,
        string description,
        string metric,
        string statistic,
        string comparison,
        long threshold
    ) =>
        DatabaseAlarms.Of(
            application,
            replica.ResourceId,
            "DBInstanceIdentifier",
            what,
            description,
            metric,
            statistic,
            comparison,
            threshold
        );
}
