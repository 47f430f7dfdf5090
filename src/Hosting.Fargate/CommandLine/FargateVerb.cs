namespace Hosting.Fargate.CommandLine;

/// <summary>What can be said after <c>dotnet run --project AppHost --</c>, and to <c>aspire do</c>.</summary>
/// <param name="Name">The word, and the name of the pipeline step.</param>
/// <param name="Description">What it does, to <c>{0}</c>.</param>
internal sealed record FargateVerb(string Name, string Description)
{
    /// <summary>All there are. Publish, deploy and destroy are the host's own.</summary>
    public static IReadOnlyList<FargateVerb> All { get; } =
    [
        new("publish", "Writes the CloudFormation templates of '{0}'.") { IsOfHost = true },
        new("plan", "Says what deploy would do to '{0}'.") { Prints = true },
        new("deploy", "Takes '{0}' live on Amazon ECS.")
        {
            IsOfHost = true,
            Flags = new() { ["--transaction-search"] = "Fargate:TransactionSearch" },
            Values = new() { ["--allow-data-loss"] = "Fargate:AllowDataLoss" },
        },
        new("status", "Says what is deployed of '{0}', and how it does.") { Prints = true },
        new("logs", "Prints what the tasks of '{0}' print.")
        {
            Prints = true,
            Argument = "[SERVICE]",
            ArgumentKey = "Fargate:Service",
            Flags = new() { ["--follow"] = "Fargate:Follow" },
        },
        new("run", "Runs a task of '{0}' once, or a statement on a database of it: run pg -- \"select 1\".")
        {
            Argument = "TASK",
            ArgumentKey = "Fargate:Task",
            TakesArguments = true,
        },
        new("destroy", "Takes '{0}' away.")
        {
            IsOfHost = true,
            Flags = new() { ["--data"] = "Fargate:Data" },
        },
    ];

    /// <summary>Whether the Aspire host has a step of this name, which those of environments are part of.</summary>
    public bool IsOfHost { get; private init; }

    /// <summary>Whether what it prints is what it is for: no line beside it says how long it took.</summary>
    public bool Prints { get; private init; }

    /// <summary>The name that may follow, for people; null for none.</summary>
    public string? Argument { get; private init; }

    /// <summary>The configuration key of that name.</summary>
    public string? ArgumentKey { get; private init; }

    /// <summary>Whether what follows <c>--</c> is for it.</summary>
    public bool TakesArguments { get; private init; }

    /// <summary>Switches of its own that may stand without a value, and their configuration keys.</summary>
    public Dictionary<string, string> Flags { get; private init; } = [];

    /// <summary>
    /// Switches of its own with a value, and their configuration keys: of one that is there more than once, all values with commas between
    /// them.
    /// </summary>
    public Dictionary<string, string> Values { get; private init; } = [];

    /// <summary>How it is typed: <c>logs [SERVICE]</c>.</summary>
    public string Usage => Argument is null ? Name : $"{Name} {Argument}";

    public static FargateVerb? Find(string? name) => All.FirstOrDefault(verb => verb.Name == name);
}
