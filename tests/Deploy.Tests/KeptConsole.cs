using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Deploy.Tests;

/// <summary>
/// What verbs print, kept as text beside the tests: <c>UPDATE_GOLDEN=1</c> writes it anew. What differs from run to run is left out of it.
/// </summary>
/// <param name="name">The file's name in Consoles/.</param>
internal sealed partial class KeptConsole(string name, [CallerFilePath] string caller = "")
{
    private readonly StringBuilder _text = new();

    /// <summary>Runs a verb, and adds what it prints.</summary>
    public Task AddAsync(Shop shop, int exitCode, params string[] arguments) => AddEndAsync("", shop, exitCode, arguments);

    /// <summary>Runs a verb, and adds what it prints from a text on: how far a rollout gets before it fails differs.</summary>
    public async Task AddEndAsync(string from, Shop shop, int exitCode, params string[] arguments)
    {
        await using var process = shop.Start(arguments);
        var output = Steady((await process.EndAsync()).EndedWith(exitCode).Says(from).Output);
        var start = output.IndexOf(from, StringComparison.Ordinal);
        _text.Append($"$ … -- {string.Join(' ', arguments)}\n{(start > 0 ? "…\n" : "")}{output[start..]}exit {exitCode}\n\n");
    }

    public void Compare()
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Consoles", name + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, _text.ToString());
        }

        Assert.Equal(File.ReadAllText(path), _text.ToString());
    }

    private static string Steady(string output)
    {
        var text = output.ReplaceLineEndings("\n");
        text = Duration().Replace(text, "0.0s");
        text = Time().Replace(text, "2026-01-01 00:00:00");
        text = Id().Replace(text, "0123456789abcdef");
        text = Process().Replace(text, "on HOST (process 1)");
        text = SecretSuffix().Replace(text, "AbCdEf");
        text = LoadBalancer().Replace(text, "shop-LoadBalan-0123");

        // Resources that do not depend on each other are done in any order, and states of a task that are short may be missed.
        var lines = text.Split('\n').Where(line => !Passing().IsMatch(line));
        List<string> steady = [];
        List<string> resources = [];
        foreach (var line in lines)
        {
            if (Resource().IsMatch(line))
            {
                resources.Add(line);
                continue;
            }

            steady.AddRange(resources.Order(StringComparer.Ordinal));
            resources.Clear();
            steady.Add(line);
        }

        return string.Join('\n', steady);
    }

    [GeneratedRegex(@"\b(\d+m )?\d+(\.\d+)?s\b")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Time();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex(@"on \S+ \(process \d+\)")]
    private static partial Regex Process();

    [GeneratedRegex("shop-LoadBalan-[0-9A-F]+")]
    private static partial Regex LoadBalancer();

    [GeneratedRegex("(?<=secret [a-z/-]+-)[A-Za-z0-9]{6}(?= )")]
    private static partial Regex SecretSuffix();

    [GeneratedRegex(@"^[✓·+✗] \w+  AWS::")]
    private static partial Regex Resource();

    [GeneratedRegex(@"^  \w+: \d+ of \d+ running|: (PENDING|PROVISIONING|ACTIVATING|RUNNING|DEPROVISIONING|STOPPED)$")]
    private static partial Regex Passing();
}
