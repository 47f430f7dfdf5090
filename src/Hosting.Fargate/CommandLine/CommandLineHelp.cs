namespace Hosting.Fargate.CommandLine;

/// <summary>What <c>--help</c> says.</summary>
internal static class CommandLineHelp
{
    /// <summary>What every verb takes, and what it is for.</summary>
    private static readonly (string Usage, string Text)[] s_switches =
    [
        ("-o, --output-path FOLDER", "where publish writes, in place of aspire-output"),
        ("-e, --environment NAME", "a place of its own: its stacks have the name in theirs"),
        ("-y, --yes", "agrees beforehand to what would be asked"),
        ("--include-exception-details", "shows where in the code an error came from"),
        ("--Parameters:NAME=VALUE", "the value of a parameter; any key of configuration is set like this"),
    ];

    private static readonly Dictionary<string, string> s_short = new(StringComparer.Ordinal)
    {
        ["-o"] = "--output-path",
        ["-e"] = "--environment",
        ["-y"] = "--yes",
    };

    /// <summary>Whether it is asked for.</summary>
    public static bool IsAsked(IEnumerable<string> args) => args.Any(argument => argument is "--help" or "-h" or "-?");

    /// <summary>A switch by the name that the host knows, where it is one of the Aspire CLI's short ones.</summary>
    public static string Long(string argument) => s_short.GetValueOrDefault(argument, argument);

    /// <summary>The verbs and the switches.</summary>
    public static string Text()
    {
        var width = s_switches.Max(line => line.Usage.Length);
        return string.Join(
            Environment.NewLine,
            [
                "dotnet run --project APPHOST -- VERB [SWITCHES]",
                "Without a verb the application runs here.",
                "",
                .. FargateVerb.All.SelectMany(verb =>
                    new[]
                    {
                        $"  {verb.Usage}{string.Concat(verb.Flags.Keys.Select(flag => $" [{flag}]"))}"
                            + $"{string.Concat(verb.Values.Keys.Select(value => $" [{value} NAME]"))}",
                        $"      {verb.Description.Replace("'{0}'", "the application", StringComparison.Ordinal)}",
                    }
                ),
                "",
                .. s_switches.Select(line => $"  {line.Usage.PadRight(width)}  {line.Text}"),
            ]
        );
    }
}
