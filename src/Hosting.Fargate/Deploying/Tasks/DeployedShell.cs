using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>A database server of a deployed application, as an output of its stack says how it is asked by hand.</summary>
/// <param name="Server">The name of the server in the model.</param>
/// <param name="Databases">The names of its databases, by those that they have in the model.</param>
/// <param name="Input">The input of RunTask.</param>
internal sealed record DeployedShell(string Server, IReadOnlyDictionary<string, string> Databases, JsonElement Input)
{
    /// <summary>
    /// How much the overrides of a task may be, as JSON: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html.
    /// </summary>
    private const int MostOverrides = 8_192;

    /// <summary>What is around the statement there.</summary>
    private const int AroundStatement = 512;

    /// <summary>The names that a statement can be sent to.</summary>
    public IEnumerable<string> Names => Databases.Keys.Prepend(Server);

    /// <summary>All of a deployed application.</summary>
    public static IReadOnlyList<DeployedShell> Of(LiveStack stack) =>
        [
            .. stack
                .Outputs.Where(output =>
                    output.Key.EndsWith(ShellComposer.Ending, StringComparison.Ordinal) && output.Value.StartsWith('{')
                )
                .Select(output => Parse(output.Value))
                .OrderBy(shell => shell.Server, StringComparer.Ordinal),
        ];

    /// <summary>Whether a name is that of the server or of a database of it.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What there is to ask, for people; nothing where there is none.</summary>
    public static string Describe(IReadOnlyList<DeployedShell> shells) =>
        shells.Count == 0
            ? ""
            : $" Databases: {string.Join(", ", shells.SelectMany(shell => shell.Names))}, each with a statement behind --.";

    /// <summary>The task that runs a statement.</summary>
    /// <param name="name">The server, or a database of it.</param>
    /// <param name="statement">The statement, in the words of the server's own client.</param>
    /// <exception cref="DistributedApplicationException">There is no statement, or it is too long; the message says it.</exception>
    public RunnableTask TaskFor(string name, string statement)
    {
        if (string.IsNullOrWhiteSpace(statement))
        {
            throw new DistributedApplicationException(
                $"Which statement? run {name} -- \"select 1\", in quotes, as the database's own client takes it (psql, mysql, sqlcmd)."
            );
        }

        if (Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(statement)) > MostOverrides - AroundStatement)
        {
            throw new DistributedApplicationException(
                $"The statement is too long: ECS takes {MostOverrides - AroundStatement} bytes of it. Let a task of the model do it "
                    + "(PublishAsFargateTask)."
            );
        }

        Dictionary<string, string> variables = new(StringComparer.Ordinal) { [DatabaseShell.Statement] = statement };
        if (Databases.FirstOrDefault(database => database.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { } database)
        {
            variables[DatabaseShell.Database] = database;
        }

        return new RunnableTask(name, Input) { Variables = variables };
    }

    private static DeployedShell Parse(string output)
    {
        var shell = JsonElement.Parse(output);
        return new DeployedShell(
            shell.GetProperty("server").GetString()!,
            shell
                .GetProperty("databases")
                .EnumerateArray()
                .ToDictionary(
                    database => database.GetProperty("name").GetString()!,
                    database => database.GetProperty("database").GetString()!,
                    StringComparer.OrdinalIgnoreCase
                ),
            shell.GetProperty("task")
        );
    }
}
