using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What somebody should look at of a database: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html has what is
/// measured.
/// </summary>
internal static class DatabaseAlarms
{
    public const int CpuPercent = 90;

    /// <summary>Of the connections that a class takes: RDS's own memory, which it is counted without, is not known.</summary>
    public const double ManyConnections = 0.6;

    public static IEnumerable<MetricAlarm> Of(DatabaseServer server, RelationalDatabase options)
    {
        yield return Of(
            server,
            "Cpu",
            $"{server.Name} has used more than {CpuPercent} percent of its processors for 15 minutes",
            "CPUUtilization",
            "Average",
            CpuPercent
        );
        var grows = options.MaximumStorageGigabytes is { } most
            ? $"; it grows by itself at 10 percent, to {most} GiB at the most and not twice within 6 hours"
            : "";
        yield return Of(
            server,
            "Storage",
            $"{server.Name} has had less than {FreeGigabytes(options)} GiB of storage left for 15 minutes{grows}",
            "FreeStorageSpace",
            "Minimum",
            FreeGigabytes(options) * (1L << 30)
        ) with
        {
            IsTooLittle = true,
        };
        if (MostConnections(server) is { } connections)
        {
            yield return Of(
                server,
                "Connections",
                $"{server.Name} has had more than {connections} connections for 15 minutes, of not many more that {server.InstanceClass} takes",
                "DatabaseConnections",
                "Average",
                connections
            );
        }
    }

    /// <summary>
    /// A twentieth of the storage that it begins with, and 1 GiB at the least. It grows where a tenth is left, so that less means that it
    /// does not: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html.
    /// </summary>
    public static long FreeGigabytes(RelationalDatabase options) => Math.Max(1, options.StorageGigabytes / 20);

    private static int? MostConnections(DatabaseServer server) =>
        InstanceClasses.MemoryOf(server.InstanceClass) is { } gigabytes && server.Engine.ConnectionsOf(gigabytes * (1L << 30)) is { } most
            ? (int)(most * ManyConnections)
            : null;

    public static MetricAlarm Of(DatabaseServer server, string what, string description, string metric, string statistic, long threshold) =>
        Of(
            server.ResourceId,
            server.Aurora is null ? "DBInstanceIdentifier" : "DBClusterIdentifier",
            what,
            description,
            metric,
            statistic,
            threshold
        );

    /// <param name="id">The logical id of an instance or a cluster.</param>
    /// <param name="dimension">By what the metric is found.</param>
    /// <param name="what">What the alarm is called behind that id.</param>
    /// <param name="description">What is the matter where it rings.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="statistic">What of it, in five minutes, three times.</param>
    /// <param name="threshold">Above it something is wrong.</param>
    public static MetricAlarm Of(
        string id,
        string dimension,
        string what,
        string description,
        string metric,
        string statistic,
        long threshold
    ) =>
        new(
            $"{id}{what}Alarm",
            description,
            "AWS/RDS",
            metric,
            new TemplateMap { [dimension] = Fn.Ref(id) },
            threshold,
            Periods: 3,
            statistic
        )
        {
            PeriodSeconds = 300,
        };
}
