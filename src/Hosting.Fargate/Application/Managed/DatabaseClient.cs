using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>The client in the image of a database server, and how it makes databases.</summary>
/// <param name="Host">The variable with the address.</param>
/// <param name="User">The variable with the user.</param>
/// <param name="Password">The variable with the password.</param>
/// <param name="Environment">The other variables: TLS, and how long it waits.</param>
/// <param name="Script">
/// Makes the databases in DATABASE_1, DATABASE_2 and so on that are not there, each by SCRIPT_1, SCRIPT_2 and so on where there is such a
/// variable.
/// </param>
internal sealed record DatabaseClient(
    string Host,
    string User,
    string Password,
    ImmutableArray<(string Name, string Value)> Environment,
    string Script
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
            [("PGDATABASE", "postgres"), ("PGSSLMODE", "require"), ("PGCONNECT_TIMEOUT", "15")],
            Of(
                """echo "SELECT 1 FROM pg_database WHERE datname = :'name'" | psql -XqtA -v ON_ERROR_STOP=1 -v "name=$name" """,
                """echo 'CREATE DATABASE :"name"' | psql -Xq -v ON_ERROR_STOP=1 -v "name=$name" """,
                """printf '%s\n' "$script" | psql -X -v ON_ERROR_STOP=1"""
            )
        );

    /// <summary>https://dev.mysql.com/doc/refman/8.4/en/environment-variables.html, of which the client reads no user.</summary>
    public static DatabaseClient MySql { get; } =
        new(
            "MYSQL_HOST",
            "DATABASE_USER",
            "MYSQL_PWD",
            [],
            Of(
                """printf "SELECT 1 FROM information_schema.schemata WHERE schema_name = '%s'" "$name" | $client""",
                """printf 'CREATE DATABASE `%s`' "$name" | $client""",
                """printf '%s\n' "$script" | $client""",
                """client="mysql --user=$DATABASE_USER --ssl-mode=REQUIRED --connect-timeout=15 --batch --skip-column-names" """
            )
        );

    /// <summary>https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility.</summary>
    public static DatabaseClient Sqlcmd { get; } =
        new(
            "SQLCMDSERVER",
            "SQLCMDUSER",
            "SQLCMDPASSWORD",
            [],
            Of(
                """$client -Q "SET NOCOUNT ON; SELECT COUNT(*) FROM sys.databases WHERE name = N'$name'" """,
                """$client -Q "CREATE DATABASE [$name]" """,
                """printf '%s\n' "$script" > $file && $client -i $file""",
                """
                PATH="$PATH:/opt/mssql-tools18/bin:/opt/mssql-tools/bin"
                client="sqlcmd -N -C -b -l 30 -h -1 -W"
                file="${TMPDIR:-/tmp}/script.sql"
                """
            )
        );

    private static string Of(string isThere, string make, string run, string first = "") =>
        $$"""
            set -eu{{(first.Length == 0 ? "" : $"\n{first.Trim()}")}}
            number=1
            while name=$(printenv "DATABASE_$number"); do
              there=$({{isThere.Trim()}})
              if [ "$there" = 1 ]; then
                echo "$name is there"
              elif script=$(printenv "SCRIPT_$number"); then
                echo "$name: by its script"
                if ! { {{run.Trim()}}; }; then
                  echo "The script of $name has failed. Where it has made the database already, it is not run again:"
                  echo "drop the database, or do the rest by hand, then deploy."
                  exit 1
                fi
              else
                {{make.Trim()}}
                echo "$name is made"
              fi
              number=$((number + 1))
            done
            """.ReplaceLineEndings("\n");
}
