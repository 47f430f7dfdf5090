using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The container that makes the databases of a server which its image does not make itself, as Aspire does on a laptop: it is of the same
/// image, stands beside the server in its task, waits until it takes connections, makes what is not there, and ends. So they are there
/// after each start, whatever volume the server has, and one that is added later is made too.
/// </summary>
internal static class DatabaseMaker
{
    public const string Name = "databases";

    /// <summary>One that cannot be made, such as one that a migration has made in the meantime, keeps no other from being made.</summary>
    private const string End = "exit ${failed:-0}";

    /// <summary>What the program of an image takes to make a database.</summary>
    /// <param name="Variables">The variables of its client, and those of the server whose values they have.</param>
    /// <param name="Settings">More variables of its client.</param>
    /// <param name="Script">The shell script; its arguments are a name and the SQL that makes it, for each database.</param>
    /// <param name="Memory">How much memory it has, in MiB.</param>
    private sealed record Maker(
        ImmutableArray<(string Name, string Server)> Variables,
        ImmutableArray<(string Name, string Value)> Settings,
        string Script,
        int Memory
    );

    /// <summary>
    /// By the names of <see cref="KnownImages"/>. While they are set up for the first time the servers do not listen on the network, so that
    /// what answers there is what stays. Sources: https://github.com/docker-library/postgres/blob/master/docker-entrypoint.sh,
    /// https://github.com/docker-library/mysql/blob/master/docker-entrypoint.sh.
    /// </summary>
    private static readonly Dictionary<string, Maker> s_makers = new(StringComparer.Ordinal)
    {
        ["postgres"] = Postgres,
        ["timescale"] = Postgres,
        ["mysql"] = new(
            [("MYSQL_PWD", "MYSQL_ROOT_PASSWORD")],
            [],
            "until mysqladmin ping -h 127.0.0.1 --silent; do sleep 1; done\n"
                + "while [ $# -gt 0 ]; do printf '%s\\n' \"$2\" | mysql -h 127.0.0.1 -u root || failed=1; shift 2; done\n"
                + End,
            64
        ),

        // The tools are in either folder, by the version of the image, and end with an error where the server does not answer:
        // https://learn.microsoft.com/sql/linux/sql-server-linux-setup-tools.
        ["mssql"] = new(
            [("SQLCMDPASSWORD", "MSSQL_SA_PASSWORD")],
            [],
            "for tools in /opt/mssql-tools /opt/mssql-tools18; do [ ! -x $tools/bin/sqlcmd ] || sqlcmd=$tools/bin/sqlcmd; done\n"
                + "until $sqlcmd -C -b -S 127.0.0.1 -U sa -Q 'SELECT 1' > /dev/null; do sleep 2; done\n"
                + "while [ $# -gt 0 ]; do printf '%s\\nGO\\n' \"$2\" | $sqlcmd -C -b -S 127.0.0.1 -U sa || failed=1; shift 2; done\n"
                + End,
            128
        ),
    };

    private static Maker Postgres =>
        new(
            [("PGUSER", "POSTGRES_USER"), ("PGPASSWORD", "POSTGRES_PASSWORD")],
            [("PGHOST", "127.0.0.1"), ("PGDATABASE", "postgres")],
            "until pg_isready -q; do sleep 1; done\n"
                + "while [ $# -gt 0 ]; do echo \"SELECT 1 FROM pg_database WHERE datname = :'name'\" | psql -qtA -v name=\"$1\" | grep -q 1 "
                + "|| psql -q -v ON_ERROR_STOP=1 -c \"$2\" || failed=1; shift 2; done\n"
                + End,
            64
        );

    /// <summary>Whether the databases that the image does not make are made by such a container.</summary>
    public static bool Makes(WorkloadDraft draft) => MakerOf(draft) is not null && DatabaseReader.NotMade(draft).Count > 0;

    /// <returns>Null where the image makes all databases itself, or nobody can.</returns>
    public static Container? Of(WorkloadDraft draft, Container server)
    {
        if (MakerOf(draft) is not { } maker || DatabaseReader.NotMade(draft) is not { Count: > 0 } databases)
        {
            return null;
        }

        var variables = maker
            .Variables.Select(pair => new EnvironmentVariable(
                pair.Name,
                draft.Variables.First(variable => variable.Name == pair.Server).Value
            ))
            .Concat(maker.Settings.Select(setting => new EnvironmentVariable(setting.Name, new Text(setting.Value))))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToList();
        return new Container
        {
            Name = Name,
            Image = server.Image,
            Essential = false,
            RunsOnce = true,
            Memory = maker.Memory,
            EntryPoint = "/bin/sh",
            Command =
            [
                new Text("-euc"),
                new Text(maker.Script),
                new Text(Name),
                .. databases.SelectMany(database => (Text[])[new(database.Name), new(database.Script ?? SqlOf(draft, database.Name))]),
            ],
            Environment = [.. variables.Where(variable => !variable.Value.HoldsSecret)],
            Secrets = [.. TaskVariables.SecretsOf(draft.Resource, variables.Where(variable => variable.Value.HoldsSecret))],
            StartsAfter = [server.Name],
            Reason = $"makes what {draft.Resource.Name} has by AddDatabase and its image does not make itself, and ends",
        };
    }

    /// <summary>How much of the task's memory it takes, in MiB.</summary>
    public static int MemoryOf(WorkloadDraft draft) => Makes(draft) ? MakerOf(draft)!.Memory : 0;

    /// <summary>On ECS Anywhere containers have no localhost in common.</summary>
    private static Maker? MakerOf(WorkloadDraft draft) =>
        draft.Resource is { IsConnected: true, Known: { } known }
        && s_makers.TryGetValue(known.Name, out var maker)
        && maker.Variables.All(pair => draft.Variables.Any(variable => variable.Name == pair.Server))
        && PublishedResource.ImageOf(draft.Resource.Resource)?.Contains("azure-sql-edge", StringComparison.Ordinal) != true // has no tools
            ? maker
            : null;

    private static string SqlOf(WorkloadDraft draft, string name) =>
        draft.Resource.Known!.Name switch
        {
            "mysql" => $"CREATE DATABASE IF NOT EXISTS `{name.Replace("`", "``", StringComparison.Ordinal)}`;",
            "mssql" => $"IF DB_ID(N'{name.Replace("'", "''", StringComparison.Ordinal)}') IS NULL "
                + $"CREATE DATABASE [{name.Replace("]", "]]", StringComparison.Ordinal)}];",
            _ => $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        };
}
