namespace Hosting.Fargate;

/// <summary>Turns the verbs of this library into what the Aspire host understands.</summary>
public static class FargateCommandLine
{
    private const string EnvironmentSwitch = "--environment";

    /// <summary>The verbs, and the configuration key for the one name that may follow.</summary>
    private static readonly Dictionary<string, string?> s_verbs = new(StringComparer.Ordinal)
    {
        ["publish"] = null,
        ["plan"] = null,
        ["deploy"] = null,
        ["destroy"] = null,
        ["status"] = null,
        ["logs"] = "Fargate:Service",
        ["run"] = "Fargate:Task",
    };

    /// <summary>Switches that may stand without a value, and what they are to the host.</summary>
    private static readonly Dictionary<string, string> s_flags = new(StringComparer.Ordinal)
    {
        ["--yes"] = "--yes",
        ["--follow"] = "--Fargate:Follow",
        ["--data"] = "--Fargate:Data",
        ["--transaction-search"] = "--Fargate:TransactionSearch",
    };

    /// <summary>
    /// Turns <c>publish</c>, <c>plan</c>, <c>deploy [--transaction-search]</c>, <c>destroy [--data]</c>, <c>status</c>, <c>logs SERVICE [--follow]</c> and
    /// <c>run TASK [-- ARGUMENT…]</c> into <c>--operation publish --step VERB</c> and configuration keys <c>Fargate:*</c>, lets
    /// <c>--yes</c> stand without a value, and leaves everything else as it is.
    /// </summary>
    /// <remarks>
    /// A verb runs as Production unless <c>--environment</c> says otherwise. Whether it did is in <c>Fargate:Environment</c>, which
    /// has the name that was given and is absent where none was. A name too many makes a step that there is not, so that the
    /// pipeline refuses it and lists the steps there are.
    /// </remarks>
    /// <param name="args">The command line of the AppHost.</param>
    /// <returns>The command line for <c>DistributedApplication.CreateBuilder</c>.</returns>
    public static string[] Parse(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var (own, passedOn) = SplitAtDashes(args);
        var given = EnvironmentIn(own);
        List<string> parsed = [];
        if (own is [var verb, ..] && s_verbs.TryGetValue(verb, out var nameKey))
        {
            own = TakeVerb(own, nameKey, parsed);
            if (given is null)
            {
                parsed.AddRange([EnvironmentSwitch, "Production"]);
            }

            parsed.AddRange(passedOn.Select((argument, index) => $"--Fargate:Arguments:{index}={argument}"));
            passedOn = [];
        }

        if (given is not null)
        {
            parsed.AddRange(["--Fargate:Environment", given]);
        }

        parsed.AddRange(WithValues(own));
        return passedOn is [] ? [.. parsed] : [.. parsed, "--", .. passedOn];
    }

    private static (string[] Own, string[] PassedOn) SplitAtDashes(string[] args) =>
        Array.IndexOf(args, "--") is >= 0 and var dashes ? (args[..dashes], args[(dashes + 1)..]) : (args, []);

    private static string? EnvironmentIn(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith(EnvironmentSwitch + "=", StringComparison.OrdinalIgnoreCase))
            {
                return args[i][(EnvironmentSwitch.Length + 1)..];
            }

            if (args[i].Equals(EnvironmentSwitch, StringComparison.OrdinalIgnoreCase) && i + 1 < args.Length)
            {
                return args[i + 1];
            }
        }

        return null;
    }

    /// <summary>Adds what the verb and the names after it mean, and returns what follows them.</summary>
    private static string[] TakeVerb(string[] args, string? nameKey, List<string> parsed)
    {
        var names = args.Skip(1).TakeWhile(argument => !IsSwitch(argument)).ToList();
        var rest = args[(1 + names.Count)..];
        string[] named = [];
        if (nameKey is not null && names is [var name, ..])
        {
            named = [$"--{nameKey}", name];
            names.RemoveAt(0);
        }

        parsed.AddRange(["--operation", "publish", "--step", string.Join(' ', names.Prepend(args[0])), .. named]);
        return rest;
    }

    private static IEnumerable<string> WithValues(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!s_flags.TryGetValue(args[i], out var key))
            {
                yield return args[i];
                continue;
            }

            yield return key;
            if (i + 1 == args.Length || !bool.TryParse(args[i + 1], out _))
            {
                yield return "true";
            }
        }
    }

    private static bool IsSwitch(string argument) => argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=');
}
