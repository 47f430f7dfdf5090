using System.Text;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Images;

/// <summary>
/// A line of .dockerignore. Sources: https://docs.docker.com/build/concepts/context/#syntax, and for what it does not say
/// https://github.com/moby/patternmatcher, by which engines read it.
/// </summary>
internal sealed record IgnoreRule(Regex Pattern, bool IsException)
{
    /// <summary>The rules of the lines; one that engines refuse is none.</summary>
    public static List<IgnoreRule> ReadAll(IEnumerable<string> lines) =>
        [
            .. lines
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Trim())
                .Where(line => line.Length > 0)
                .Select(Parse)
                .OfType<IgnoreRule>(),
        ];

    /// <summary>The last rule that speaks of a file, or of a folder it is in, decides.</summary>
    public static bool IsIgnored(List<IgnoreRule> rules, string path) =>
        rules.FindLast(rule => rule.Pattern.IsMatch(path)) is { IsException: false };

    private static IgnoreRule? Parse(string line)
    {
        var isException = line[0] == '!';
        var pattern = Clean((isException ? line[1..] : line).Trim());
        try
        {
            return pattern.Length == 0
                ? null
                : new(new Regex($"^(?:{Expression(pattern)})(?:/|$)", RegexOptions.CultureInvariant), isException);
        }
        catch (RegexParseException)
        {
            return null;
        }
    }

    /// <summary>The shortest way to say a path: no <c>.</c>, no <c>..</c> but at the beginning, single slashes, none at its ends.</summary>
    private static string Clean(string pattern)
    {
        var path = OperatingSystem.IsWindows() ? pattern.Replace('\\', '/') : pattern;
        List<string> parts = [];
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part == ".." && parts is [.., not ".."])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".." || !path.StartsWith('/'))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static string Expression(string pattern)
    {
        // Two stars with a plain name right behind them are any beginning of a path, also in the middle of a name.
        if (
            pattern.StartsWith("**", StringComparison.Ordinal)
            && pattern.IndexOfAny(['*', '?', '[', ']', '\\'], 2) < 0
            && pattern is not ['*', '*', '/', ..]
        )
        {
            return $".*{Regex.Escape(pattern[2..])}";
        }

        StringBuilder expression = new();
        var isClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest.StartsWith("**"))
            {
                i += rest.StartsWith("**/") ? 2 : 1;
                expression.Append(i + 1 < pattern.Length ? "(?:.*/)?" : ".*");
                continue;
            }

            isClass = pattern[i] is '[' || (isClass && pattern[i] is not ']');
            expression.Append(
                pattern[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    '[' or ']' => pattern[i].ToString(),
                    '^' or '-' when isClass => pattern[i].ToString(),
                    '\\' when i + 1 < pattern.Length => Regex.Escape(pattern[++i].ToString()),
                    var c => Regex.Escape(c.ToString()),
                }
            );
        }

        return expression.ToString();
    }
}
