using System.Collections.Frozen;

namespace Hosting.Fargate.Application;

/// <content>
/// Express, which costs no licence and holds 10 GB in a database:
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_SQLServer.html.
/// </content>
internal sealed partial record DatabaseEngine
{
    public static DatabaseEngine SqlServer { get; } =
        new("sqlserver-ex", "SQL Server Express")
        {
            Port = 1433,
            KnownAs = "mssql",
            AddedBy = "AddSqlServer",

            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.VersionSupport.html.
            DefaultVersion = "16.00",
            MajorNumbers = 2,
            MajorVersions = ["15.00", "16.00"],
            ImageVersions = new Dictionary<string, string>
            {
                ["2017"] = "14.00",
                ["2019"] = "15.00",
                ["2022"] = "16.00",
                ["2025"] = "17.00",
            }.ToFrozenDictionary(),
            DefaultClass = "db.t3.small",
            Limits =
                "it costs no licence, holds 10 GB in a database, uses 1 GB of memory for it, and has no SQL Server Agent. For another "
                + "edition keep a connection string (AddConnectionString), or a container (PublishAsContainer).",
            License = "license-included",
            HasStandby = false,
            HasReplicas = false,
            MakesDatabase = false,

            // RDS keeps sa for itself.
            ModelUser = "sa",
            MasterUser = "admin",
            Logs = ["error"],
            LongestPassword = 128,
            OwnDatabases = ["master", "model", "msdb", "tempdb", "rdsadmin"],
            ClientImage = "mcr.microsoft.com/mssql/server:2022-latest",
            Client = DatabaseClient.Sqlcmd,

            // https://learn.microsoft.com/sql/connect/ado-net/connection-string-syntax and
            // https://learn.microsoft.com/sql/connect/jdbc/setting-the-connection-properties.
            ConnectionStringTls = ["Encrypt=True", "TrustServerCertificate=true"],
            AddressSchemes = ["jdbc:sqlserver://"],
            AddressTls = ["encrypt=true", "trustServerCertificate=true"],
            HasQueries = false,
            PricingPage = "https://aws.amazon.com/rds/sqlserver/pricing/",
            Extensions = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.FeatureSupport.html",

            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html.
            TlsParameterOf = version => ($"sqlserver-ex-{version.Split('.')[0]}.0", "rds.force_ssl"),
            ConnectionsOf = _ => null,
            Reserved = Words(
                "sa rdsa rdsadmin public guest dbo sys information_schema sysadmin serveradmin setupadmin processadmin dbcreator"
            ),
        };
}
