namespace Hosting.Fargate.CommandLine;

/// <summary>What a command line means to the Aspire host, or why it means nothing.</summary>
internal sealed class CommandLineReading
{
    private const string EnvironmentSwitch = "--environment";

    /// <summary>
    /// The host's own switches, as <c>aspire publish</c> and <c>deploy</c> pass them on. True: it may stand without a value.
    /// </summary>
    private static readonly Dictionary<string, bool> s_hostSwitches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--output-path"] = false,
        [EnvironmentSwitch] = false,
        ["--log-level"] = false,
        ["--yes"] = true,
        ["--include-exception-details"] = true,
        ["--clear-cache"] = true,
    };

    private readonly List<string> _parsed = [];

    private CommandLineReading() { }

    /// <summary>The command line for the host.</summary>
    public string[] Arguments => [.. _parsed];

    /// <summary>What is wrong, and what there is instead; null where nothing is.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the verbs are asked for, and nothing is to be done.</summary>
    public bool IsHelp { get; private set; }

    public static CommandLineReading Of(string[] args)
    {
        var reading = new CommandLineReading();
        var (own, passedOn) = Array.IndexOf(args, "--") is >= 0 and var dashes ? (args[..dashes], args[(dashes + 1)..]) : (args, []);
        if (own is [var first, ..] && (!IsSwitch(first) || CommandLineHelp.IsAsked([first])))
        {
            reading.IsHelp = CommandLineHelp.IsAsked(own);
            reading.ReadVerb(first, [.. own[1..].Select(CommandLineHelp.Long)], passedOn);
        }
        else if (FargateVerb.Find(StepOf(own)) is { IsOfHost: false } verb)
        {
            // As `aspire do logs -- api --follow` starts it.
            reading.ReadStep(verb, own, passedOn);
        }
        else
        {
            reading.AddEnvironment(EnvironmentIn(own));
            reading.AddSwitches(own, verb: FargateVerb.Find(StepOf(own)));
            reading._parsed.AddRange(passedOn is [] ? [] : ["--", .. passedOn]);
        }

        return reading;
    }

    private void ReadVerb(string name, string[] rest, string[] passedOn)
    {
        if (FargateVerb.Find(name) is not { } verb)
        {
            Refuse(
                $"'{name}' is no verb. There are: {string.Join(", ", FargateVerb.All.Select(known => known.Usage))}. Without a verb the application runs here."
            );
            return;
        }

        var names = rest.TakeWhile(argument => !IsSwitch(argument)).ToArray();
        _parsed.AddRange(["--operation", "publish", "--step", name]);
        AddNames(verb, names);
        var given = EnvironmentIn(rest);
        if (given is null)
        {
            _parsed.AddRange([EnvironmentSwitch, "Production"]);
        }

        AddPassedOn(verb, passedOn);
        AddEnvironment(given);
        RefuseUnknown(verb, rest[names.Length..]);
        AddSwitches(rest[names.Length..], verb);
    }

    private void ReadStep(FargateVerb verb, string[] args, string[] passedOn)
    {
        List<string> names = [];
        List<string> switches = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (!IsSwitch(args[i]))
            {
                names.Add(args[i]);
                continue;
            }

            switches.Add(args[i]);
            if (!args[i].Contains('=') && i + 1 < args.Length && !IsSwitch(args[i + 1]) && !IsFlagAlone(verb, args[i], args[i + 1]))
            {
                switches.Add(args[++i]);
            }
        }

        AddNames(verb, [.. names]);
        AddPassedOn(verb, passedOn);
        AddEnvironment(EnvironmentIn(args));
        AddSwitches([.. switches], verb);
    }

    private void AddNames(FargateVerb verb, string[] names)
    {
        if (verb.ArgumentKey is not null && names is [var name, ..])
        {
            _parsed.AddRange([$"--{verb.ArgumentKey}", name]);
            names = names[1..];
        }

        if (names is [var tooMany, ..])
        {
            Refuse(
                $"'{tooMany}' is one word too many: {verb.Usage}."
                    + (verb.TakesArguments ? " What the task gets as arguments goes behind --." : "")
            );
        }
    }

    private void AddPassedOn(FargateVerb verb, string[] passedOn)
    {
        if (passedOn is [var first, ..] && !verb.TakesArguments)
        {
            Refuse($"'{first}' stands behind --, and {verb.Name} takes nothing there.");
        }

        _parsed.AddRange(passedOn.Select((argument, index) => $"--Fargate:Arguments:{index}={argument}"));
    }

    private void AddEnvironment(string? given)
    {
        if (given is not null)
        {
            _parsed.AddRange(["--Fargate:Environment", given]);
        }
    }

    private void AddSwitches(string[] args, FargateVerb? verb)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (verb?.Values.GetValueOrDefault(args[i].Split('=')[0]) is { } valueKey)
            {
                var value =
                    args[i].Split('=', 2) is [_, var given] ? given
                    : i + 1 < args.Length && !IsSwitch(args[i + 1]) ? args[++i]
                    : "";
                if (value.Length == 0)
                {
                    Refuse($"{args[i]} wants a value behind it.");
                }

                values[valueKey] = values.TryGetValue(valueKey, out var before) ? $"{before},{value}" : value;
                continue;
            }

            if (KeyOfFlag(verb, args[i]) is not { } key)
            {
                _parsed.Add(args[i]);
                continue;
            }

            _parsed.Add(key);
            if (i + 1 == args.Length || !bool.TryParse(args[i + 1], out _))
            {
                _parsed.Add("true");
            }
        }

        _parsed.AddRange(values.SelectMany(value => new[] { $"--{value.Key}", value.Value }));
    }

    /// <summary>A key of configuration has a colon in it and may be anything; what else begins with two dashes must be known.</summary>
    private void RefuseUnknown(FargateVerb verb, string[] args)
    {
        foreach (var name in args.Where(argument => argument.StartsWith('-')).Select(argument => argument.Split('=')[0]))
        {
            if (!name.Contains(':') && !s_hostSwitches.ContainsKey(name) && !verb.Flags.ContainsKey(name) && !verb.Values.ContainsKey(name))
            {
                var known = verb.Flags.Keys.Concat(verb.Values.Keys).Concat(s_hostSwitches.Keys);
                var others = FargateVerb
                    .All.Where(other => other.Flags.ContainsKey(name) || other.Values.ContainsKey(name))
                    .Select(other => other.Name)
                    .ToList();
                Refuse(
                    $"{verb.Name} has no switch '{name}'{(others.Count > 0 ? $", which is for {string.Join(" and ", others)}" : "")}. "
                        + $"There are: {string.Join(", ", known)}, and keys of configuration such as --Parameters:NAME=VALUE."
                );
            }
        }
    }

    private void Refuse(string text) => Refusal ??= text;

    private static string? KeyOfFlag(FargateVerb? verb, string argument) =>
        verb?.Flags.TryGetValue(argument, out var key) == true ? $"--{key}"
        : s_hostSwitches.TryGetValue(argument, out var standsAlone) && standsAlone ? argument
        : null;

    /// <summary>Whether a switch stands without a value, and what follows it is a name.</summary>
    private static bool IsFlagAlone(FargateVerb verb, string argument, string next) =>
        KeyOfFlag(verb, argument) is not null && !bool.TryParse(next, out _);

    private static string? StepOf(string[] args) => ValueOf(args, "--step");

    private static string? EnvironmentIn(string[] args) => ValueOf(args, EnvironmentSwitch);

    private static string? ValueOf(string[] args, string name)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
            {
                return args[i][(name.Length + 1)..];
            }

            if (args[i].Equals(name, StringComparison.OrdinalIgnoreCase) && i + 1 < args.Length)
            {
                return args[i + 1];
            }
        }

        return null;
    }

    private static bool IsSwitch(string argument) => argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=');
}
