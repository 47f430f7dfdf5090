using System.Text;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Images;

/// <summary>The files that a build from a Dockerfile sees: those of its folder without what .dockerignore leaves out.</summary>
internal static class DockerContext
{
    /// <summary>The files by their path from the folder, with slashes; a link is a file, wherever it leads.</summary>
    public static IReadOnlyList<string> Read(string folder, string dockerfile)
    {
        // A Dockerfile's own list goes before the folder's.
        var ignore = new[] { $"{dockerfile}.dockerignore", Path.Combine(folder, ".dockerignore") }.FirstOrDefault(File.Exists);
        var rules = ignore is null
            ? []
            : File.ReadLines(ignore)
                .Select(line => line.Trim())
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(IgnoreRule.Parse)
                .ToList();
        List<string> files = [];
        Walk(new DirectoryInfo(folder), "");
        return files;

        void Walk(DirectoryInfo directory, string path)
        {
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                var name = path + entry.Name;
                if (entry is DirectoryInfo child && entry.LinkTarget is null)
                {
                    // Within one that is left out, a later rule may take something back.
                    if (!IsIgnored(rules, name) || rules.Exists(rule => rule.IsException))
                    {
                        Walk(child, $"{name}/");
                    }
                }
                else if (!IsIgnored(rules, name))
                {
                    files.Add(name);
                }
            }
        }
    }

    /// <summary>The last rule that speaks of a file, or of a folder it is in, decides.</summary>
    private static bool IsIgnored(List<IgnoreRule> rules, string path) =>
        rules.FindLast(rule => rule.Pattern.IsMatch(path)) is { IsException: false };

    private sealed record IgnoreRule(Regex Pattern, bool IsException)
    {
        public static IgnoreRule Parse(string line)
        {
            var isException = line[0] == '!';
            var pattern = (isException ? line[1..] : line).Trim().Trim('/');
            StringBuilder expression = new("^");
            for (var i = 0; i < pattern.Length; i++)
            {
                expression.Append(
                    pattern[i] switch
                    {
                        '*' when pattern.AsSpan(i).StartsWith("**/") && (i += 2) > 0 => "(?:.*/)?",
                        '*' when pattern.AsSpan(i).StartsWith("**") && (i += 1) > 0 => ".*",
                        '*' => "[^/]*",
                        '?' => "[^/]",
                        var c => Regex.Escape(c.ToString()),
                    }
                );
            }

            return new IgnoreRule(new Regex(expression.Append("(?:/|$)").ToString(), RegexOptions.CultureInvariant), isException);
        }
    }
}
