using System.Collections.Frozen;

namespace Hosting.Fargate.Application;

/// <summary>
/// Engines of Aurora: those of RDS by another name, with a cluster's own parameters.
/// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_AuroraOverview.html.
/// </summary>
internal static class AuroraEngines
{
    private const string PricingPage = "https://aws.amazon.com/rds/aurora/pricing/";

    public static DatabaseEngine Postgres { get; } =
        DatabaseEngine.Postgres with
        {
            Name = "aurora-postgresql",
            Title = "Aurora PostgreSQL",
            Service = "Aurora",

            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html.
            DefaultVersion = "17",
            MajorVersions = ["14", "15", "16", "17"],

            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.CloudWatch.html.
            Logs = ["postgresql"],
            PricingPage = PricingPage,
            Extensions = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/AuroraPostgreSQL.Extensions.html",

            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html: not the default of all versions.
            TlsParameterOf = version => ($"aurora-postgresql{version}", "rds.force_ssl"),
        };

    public static DatabaseEngine MySql { get; } =
        DatabaseEngine.MySql with
        {
            Name = "aurora-mysql",
            Title = "Aurora MySQL",
            Service = "Aurora",

            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.84Updates.html and
            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.30Updates.html.
            DefaultVersion = "8.4",
            MajorVersions = ["8.0", "8.4"],
            MinorVersions = new Dictionary<string, string> { ["8.0"] = "8.0.mysql_aurora.3.10.4", ["8.4"] = "8.4.7" }.ToFrozenDictionary(
                StringComparer.Ordinal
            ),
            MajorsKnownToLint = [],
            PricingPage = PricingPage,
            Extensions = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Compare-v84-community.html",

            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html.
            TlsParameterOf = version => ($"aurora-mysql{version}", "require_secure_transport"),
            TlsValue = "ON",

            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html.
            ConnectionsOf = bytes =>
                (long)Math.Clamp(Math.Max(Math.Log2(bytes / 805_306_368.0) * 45, Math.Log2(bytes / 8_187_281_408.0) * 1_000), 1, 16_000),
        };

    /// <summary>The engine of Aurora in the place of one of RDS; null where there is none.</summary>
    public static DatabaseEngine? Of(DatabaseEngine engine) =>
        engine == DatabaseEngine.Postgres ? Postgres
        : engine == DatabaseEngine.MySql ? MySql
        : null;
}
