namespace Hosting.Fargate.Application;

/// <summary>What runs statements on a database server by hand.</summary>
/// <param name="Server">The server.</param>
/// <param name="Task">The task, with the server's client.</param>
internal sealed record DatabaseShell(DatabaseServer Server, TaskSpec Task)
{
    /// <summary>The name of the task for a server.</summary>
    public static string NameOf(string server) => $"{server}-shell";

    /// <summary>The variable with the statement.</summary>
    public const string Statement = "STATEMENT";

    /// <summary>The variable with the database; without it the client takes the one that every server has.</summary>
    public const string Database = "DATABASE";
}
