using System.Text.RegularExpressions;

namespace Hosting.Fargate.Markup;

/// <summary>
/// An instruction of a Dockerfile on one line, as a builder reads it: without comments, and without the lines of a document within it.
/// Source: https://docs.docker.com/reference/dockerfile/#format.
/// </summary>
/// <param name="Name">The instruction, in capitals.</param>
/// <param name="Arguments">What stands behind it.</param>
/// <param name="HasDocument">Whether lines of text belong to it: <c>&lt;&lt;EOF</c>.</param>
internal sealed partial record DockerfileInstruction(string Name, string Arguments, bool HasDocument)
{
    /// <summary>What begins with two dashes before all else: <c>--from=build</c>.</summary>
    public IEnumerable<string> Flags => Parts().TakeWhile(IsFlag).Where(part => part.Length > 2);

    /// <summary>The arguments without the flags, as they are written.</summary>
    public IEnumerable<string> Words => Parts().SkipWhile(IsFlag);

    /// <summary>The instructions of a Dockerfile, in order.</summary>
    public static IReadOnlyList<DockerfileInstruction> Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var escape = lines.TakeWhile(line => Directive().IsMatch(line)).Any(line => Backtick().IsMatch(line)) ? '`' : '\\';
        List<DockerfileInstruction> instructions = [];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Joined(lines, ref i, escape).Trim();
            if (Instruction().Match(line) is { Success: true } match)
            {
                var name = match.Groups["name"].Value.ToUpperInvariant();
                var arguments = match.Groups["arguments"].Value;
                instructions.Add(
                    new(name, arguments, name is "RUN" or "COPY" or "ADD" or "ONBUILD" && SkipDocuments(arguments, lines, ref i))
                );
            }
        }

        return instructions;
    }

    private static bool IsFlag(string part) => part.StartsWith("--", StringComparison.Ordinal);

    /// <summary>A line and those that it goes on in: in between comments are none of it.</summary>
    private static string Joined(string[] lines, ref int i, char escape)
    {
        if (IsComment(lines[i]))
        {
            return "";
        }

        var line = lines[i];
        while (GoesOn(line, escape, out var part))
        {
            do
            {
                i++;
            } while (i < lines.Length && (IsComment(lines[i]) || string.IsNullOrWhiteSpace(lines[i])));
            if (i >= lines.Length)
            {
                return part;
            }

            line = part + lines[i];
        }

        return line;
    }

    private static bool GoesOn(string line, char escape, out string part)
    {
        var end = line.TrimEnd(' ', '\t');
        part = end.Length > 0 ? end[..^1] : "";
        return end.Length > 0 && end[^1] == escape && (end.Length == 1 || end[^2] != escape);
    }

    private static bool IsComment(string line) => line.AsSpan().TrimStart() is ['#', ..];

    /// <summary>Goes on to the last line of the documents that an instruction begins; where one does not end, it is none.</summary>
    private static bool SkipDocuments(string arguments, string[] lines, ref int i)
    {
        var last = i;
        foreach (Match document in Document().Matches(Quoted().Replace(arguments, "")))
        {
            var end = document.Groups["end"].Value;
            var next = Array.FindIndex(lines, last + 1, line => (document.Groups["tabs"].Success ? line.TrimStart('\t') : line) == end);
            if (next < 0)
            {
                return false;
            }

            last = next;
        }

        var hasAny = last > i;
        i = last;
        return hasAny;
    }

    private IEnumerable<string> Parts() => Word().Matches(Arguments).Select(match => match.Value);

    [GeneratedRegex(@"\A\s*#\s*[A-Za-z]+\s*=")]
    private static partial Regex Directive();

    [GeneratedRegex(@"\A\s*#\s*escape\s*=\s*`\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Backtick();

    [GeneratedRegex(@"\A(?<name>[A-Za-z]+)(?:\s+(?<arguments>.*))?\z", RegexOptions.Singleline)]
    private static partial Regex Instruction();

    /// <summary>Text in quotes with blanks in it, of which no document begins.</summary>
    [GeneratedRegex("""(?<!<<-?)(?:"(?:[^"\\]|\\.)*"|'[^']*')""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""(?<!\S)\d*<<(?<tabs>-)?\s*(?<quote>["']?)(?<end>[^\s"'<>|&;]+)\k<quote>(?!\S)""")]
    private static partial Regex Document();

    [GeneratedRegex("""(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+""")]
    private static partial Regex Word();
}
