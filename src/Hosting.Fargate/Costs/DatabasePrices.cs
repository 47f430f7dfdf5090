using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>
/// What RDS asks for, as <see cref="Prices"/> has the others: USD in us-east-1, second-hand. https://aws.amazon.com/rds/pricing/
/// </summary>
internal static class DatabasePrices
{
    /// <summary>A month of a GB of storage (gp3), in one zone.</summary>
    public const decimal GigabyteMonth = 0.115m;

    /// <summary>A month of a GB of backups and snapshots.</summary>
    public const decimal BackupGigabyteMonth = 0.095m;

    // https://aws.amazon.com/rds/aurora/pricing/, Aurora Standard.

    /// <summary>An hour of a capacity unit (ACU) of Aurora Serverless v2.</summary>
    public const decimal CapacityUnitHour = 0.12m;

    /// <summary>A month of a GB of Aurora's storage.</summary>
    public const decimal AuroraGigabyteMonth = 0.10m;

    /// <summary>A million reads and writes of Aurora's storage.</summary>
    public const decimal MillionAuroraRequests = 0.20m;

    /// <summary>A month of a GB of Aurora's backups and snapshots.</summary>
    public const decimal AuroraBackupGigabyteMonth = 0.021m;

    /// <summary>An hour of an instance in one zone, by class.</summary>
    private static readonly Dictionary<string, decimal> s_postgres = new(StringComparer.Ordinal)
    {
        ["db.t4g.micro"] = 0.016m,
        ["db.t4g.small"] = 0.032m,
        ["db.t4g.medium"] = 0.065m,
        ["db.t4g.large"] = 0.129m,
        ["db.t3.micro"] = 0.018m,
        ["db.t3.small"] = 0.036m,
        ["db.t3.medium"] = 0.072m,
        ["db.t3.large"] = 0.145m,
        ["db.m6g.large"] = 0.159m,
        ["db.m6g.xlarge"] = 0.318m,
        ["db.m6g.2xlarge"] = 0.636m,
        ["db.m7g.large"] = 0.168m,
        ["db.m7g.xlarge"] = 0.337m,
        ["db.m7g.2xlarge"] = 0.674m,
        ["db.r6g.large"] = 0.225m,
        ["db.r6g.xlarge"] = 0.45m,
        ["db.r6g.2xlarge"] = 0.90m,
        ["db.r7g.large"] = 0.239m,
        ["db.r7g.xlarge"] = 0.478m,
        ["db.r7g.2xlarge"] = 0.956m,
    };

    private static readonly Dictionary<string, decimal> s_mySql = new(StringComparer.Ordinal)
    {
        ["db.t4g.micro"] = 0.016m,
        ["db.t4g.small"] = 0.032m,
        ["db.t4g.medium"] = 0.065m,
        ["db.t4g.large"] = 0.129m,
        ["db.t3.micro"] = 0.017m,
        ["db.t3.small"] = 0.034m,
        ["db.t3.medium"] = 0.068m,
        ["db.t3.large"] = 0.136m,
        ["db.m6g.large"] = 0.152m,
        ["db.m6g.xlarge"] = 0.304m,
        ["db.m6g.2xlarge"] = 0.608m,
        ["db.m7g.large"] = 0.168m,
        ["db.m7g.xlarge"] = 0.337m,
        ["db.m7g.2xlarge"] = 0.674m,
        ["db.r6g.large"] = 0.215m,
        ["db.r6g.xlarge"] = 0.43m,
        ["db.r6g.2xlarge"] = 0.859m,
        ["db.r7g.large"] = 0.239m,
        ["db.r7g.xlarge"] = 0.478m,
        ["db.r7g.2xlarge"] = 0.956m,
    };

    private static readonly Dictionary<string, decimal> s_sqlServerExpress = new(StringComparer.Ordinal)
    {
        ["db.t3.micro"] = 0.022m,
        ["db.t3.small"] = 0.044m,
        ["db.t3.medium"] = 0.088m,
    };

    private static readonly Dictionary<string, Dictionary<string, decimal>> s_hours = new(StringComparer.Ordinal)
    {
        [DatabaseEngine.Postgres.Name] = s_postgres,
        [DatabaseEngine.MySql.Name] = s_mySql,
        [DatabaseEngine.SqlServer.Name] = s_sqlServerExpress,
    };

    /// <summary>An hour of an instance in one zone; null for a class whose price is not known here.</summary>
    public static decimal? Hour(DatabaseEngine engine, string instanceClass) =>
        s_hours.GetValueOrDefault(engine.Name)?.TryGetValue(instanceClass, out var hour) == true ? hour : null;
}
