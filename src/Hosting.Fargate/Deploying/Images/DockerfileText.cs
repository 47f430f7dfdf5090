using System.Text.RegularExpressions;

namespace Hosting.Fargate.Deploying.Images;

/// <summary>What a Dockerfile builds on.</summary>
internal static partial class DockerfileText
{
    /// <summary>The images that it names, with arguments filled in, without its own stages.</summary>
    public static IReadOnlyList<string> BasesOf(string text, IReadOnlyDictionary<string, string> arguments)
    {
        Dictionary<string, string> values = [];
        HashSet<string> stages = new(StringComparer.OrdinalIgnoreCase) { "scratch" };
        List<string> bases = [];
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (Argument().Match(line) is { Success: true } argument && stages.Count == 1 && bases.Count == 0)
            {
                var name = argument.Groups[1].Value;
                values[name] = arguments.TryGetValue(name, out var given) ? given : argument.Groups[2].Value.Trim('"', '\'');
            }
            else if (From().Match(line) is { Success: true } from)
            {
                Add(from.Groups[1].Value);
                if (from.Groups[2].Success)
                {
                    stages.Add(from.Groups[2].Value);
                }
            }
            else if (CopyFrom().Match(line) is { Success: true } copy && !copy.Groups[1].Value.All(char.IsAsciiDigit))
            {
                Add(copy.Groups[1].Value);
            }
        }

        return bases;

        void Add(string name)
        {
            var filled = Use().Replace(name, match => values.GetValueOrDefault(match.Groups[1].Value, match.Groups[2].Value));
            if (!stages.Contains(filled) && !bases.Contains(filled))
            {
                bases.Add(filled);
            }
        }
    }

    [GeneratedRegex(@"^ARG\s+(\w+)(?:=(\S*))?", RegexOptions.IgnoreCase)]
    private static partial Regex Argument();

    [GeneratedRegex(@"^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"^COPY\s+(?:--\S+\s+)*--from=(\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex CopyFrom();

    [GeneratedRegex(@"\$\{?(\w+)(?::-([^}]*))?\}?")]
    private static partial Regex Use();
}
