using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Images;

/// <summary>What a Dockerfile builds on.</summary>
internal static partial class DockerfileText
{
    /// <summary>The images that it names, with arguments filled in, without its own stages.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="arguments">The build arguments.</param>
    /// <param name="images">The arguments that name images which are built beside it, and no registry's.</param>
    public static IReadOnlyList<string> BasesOf(
        string text,
        IReadOnlyDictionary<string, string> arguments,
        IReadOnlyCollection<string>? images = null
    )
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
            if (images is not null && Use().Match(name) is { Success: true } use && images.Contains(use.Groups[1].Value))
            {
                return;
            }

            var filled = Use().Replace(name, match => values.GetValueOrDefault(match.Groups[1].Value, match.Groups[2].Value));
            if (!stages.Contains(filled) && !bases.Contains(filled))
            {
                bases.Add(filled);
            }
        }
    }

    /// <summary>
    /// Whether a build takes what the builder before BuildKit does not know: mounts, secrets, texts of several lines, a list of its own of
    /// what is left out.
    /// </summary>
    public static bool NeedsBuildKit(EngineBuild build, string text) =>
        build.Secrets.Length > 0 || build.Ignored is not null || BuildKitAlone().IsMatch(text);

    [GeneratedRegex(
        @"^\s*(RUN|COPY|ADD)\s+(--(mount|network|security|link|chmod|parents|exclude|checksum)\b|.*<<-?[""']?\w)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline
    )]
    private static partial Regex BuildKitAlone();

    [GeneratedRegex(@"^ARG\s+(\w+)(?:=(\S*))?", RegexOptions.IgnoreCase)]
    private static partial Regex Argument();

    [GeneratedRegex(@"^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"^COPY\s+(?:--\S+\s+)*--from=(\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex CopyFrom();

    [GeneratedRegex(@"\$\{?(\w+)(?::-([^}]*))?\}?")]
    private static partial Regex Use();
}
