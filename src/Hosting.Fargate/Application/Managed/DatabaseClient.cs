using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>
/// The client in the image of a database server, and how it makes databases. It waits a minute, for a cluster of Aurora that has paused
/// takes half of one to answer: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html.
/// </summary>
/// <param name="Host">The variable with the address.</param>
/// <param name="User">The variable with the user.</param>
/// <param name="Password">The variable with the password.</param>
/// <param name="Environment">The other variables: TLS, and how long it waits.</param>
/// <param name="Making">How it makes databases.</param>
/// <param name="Statement">Runs the statement in STATEMENT, on the database in DATABASE where there is such a variable.</param>
internal sealed record DatabaseClient(
    string Host,
    string User,
    string Password,
    ImmutableArray<(string Name, string Value)> Environment,
    DatabaseMaking Making,
    string Statement
)
{
    /// <summary>
    /// https://www.postgresql.org/docs/current/libpq-envars.html. What psql takes from its input may have variables, what -c gives it may
    /// not.
    /// </summary>
    public static DatabaseClient Psql { get; } =
        new(
            "PGHOST",
            "PGUSER",
            "PGPASSWORD",
            [("PGDATABASE", "postgres"), ("PGSSLMODE", "require"), ("PGCONNECT_TIMEOUT", "60")],
            new(
                """echo "SELECT 1 FROM pg_database WHERE datname = :'name'" | psql -XqtA -v ON_ERROR_STOP=1 -v "name=$name" """,
                """echo 'CREATE DATABASE :"name"' | psql -Xq -v ON_ERROR_STOP=1 -v "name=$name" """,
                """printf '%s\n' "$script" | psql -X -v ON_ERROR_STOP=1""",
                DatabaseOwners.Psql
            ),
            """printf '%s\n' "$STATEMENT" | PGDATABASE="${DATABASE:-postgres}" psql -X -v ON_ERROR_STOP=1"""
        );

    /// <summary>https://dev.mysql.com/doc/refman/8.4/en/environment-variables.html, of which the client reads no user.</summary>
    public static DatabaseClient MySql { get; } =
        new(
            "MYSQL_HOST",
            "DATABASE_USER",
            "MYSQL_PWD",
            [],
            new(
                """printf "SELECT 1 FROM information_schema.schemata WHERE schema_name = '%s'" "$name" | $client""",
                """printf 'CREATE DATABASE `%s`' "$name" | $client""",
                """printf '%s\n' "$script" | $client""",
                DatabaseOwners.MySql,
                First: """client="mysql --user=$DATABASE_USER --ssl-mode=REQUIRED --connect-timeout=60 --batch --skip-column-names" """
            ),
            """
            client="mysql --user=$DATABASE_USER --ssl-mode=REQUIRED --connect-timeout=60 --table"
            printf '%s\n' "$STATEMENT" | $client ${DATABASE:+"$DATABASE"}
            """
        );

    /// <summary>https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility.</summary>
    public static DatabaseClient Sqlcmd { get; } =
        new(
            "SQLCMDSERVER",
            "SQLCMDUSER",
            "SQLCMDPASSWORD",
            [],
            new(
                """$client -Q "SET NOCOUNT ON; SELECT COUNT(*) FROM sys.databases WHERE name = N'$name'" """,
                """$client -Q "CREATE DATABASE [$name]" """,
                """printf '%s\n' "$script" > $file && $client -i $file""",
                DatabaseOwners.Sqlcmd,
                First: """
                PATH="$PATH:/opt/mssql-tools18/bin:/opt/mssql-tools/bin"
                client="sqlcmd -N -C -b -l 30 -h -1 -W"
                file="${TMPDIR:-/tmp}/script.sql"
                """
            ),
            """
            PATH="$PATH:/opt/mssql-tools18/bin:/opt/mssql-tools/bin"
            sqlcmd -N -C -b -l 30 -W -x -d "${DATABASE:-master}" -Q "$STATEMENT"
            """
        );
}
