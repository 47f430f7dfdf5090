using System.Collections.Frozen;

namespace Hosting.Fargate.Application;

/// <content>https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_PostgreSQL.html.</content>
internal sealed partial record DatabaseEngine
{
    public static DatabaseEngine Postgres { get; } =
        new("postgres", "PostgreSQL")
        {
            Port = 5432,
            KnownAs = "postgres",
            AddedBy = "AddPostgres",
            DefaultVersion = "18",
            MajorsKnownToLint = ["18"],
            DefaultClass = "db.t4g.micro",
            Logs = ["postgresql", "upgrade"],
            LongestPassword = 128,
            OwnDatabases = ["postgres"],
            ClientImage = "docker.io/library/postgres:18",
            Client = DatabaseClient.Psql,
            ConnectionStringTls = ["SSL Mode=Require"],
            AddressSchemes = ["postgres://", "postgresql://", "jdbc:postgresql://"],
            AddressTls = ["sslmode=require"],
            PricingPage = "https://aws.amazon.com/rds/postgresql/pricing/",
            Extensions = "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-extensions.html",

            // From version 15 on TLS is forced by default:
            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html.
            TlsParameterOf = version => int.TryParse(version, out var major) && major < 15 ? ($"postgres{version}", "rds.force_ssl") : null,
            ConnectionsOf = bytes => Math.Min(5_000, bytes / 9_531_392),

            // https://www.postgresql.org/docs/current/sql-keywords-appendix.html, those that PostgreSQL reserves, and those of
            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html.
            Reserved = Words(
                """
                all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog
                current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except
                false fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not
                null offset on only or order placing primary references returning select session_user some symmetric system_user table then to
                trailing true union unique user using variadic when where window with admin rdsadmin rds_superuser rds_replication
                rds_password rds_iam rdsrepladmin template0 template1
                """
            ),
        };

    private static FrozenSet<string> Words(string words) =>
        words
            .Split(['\n', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
