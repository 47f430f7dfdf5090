using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Writing;

/// <summary>
/// A line at the top of a file that people may change: a comment that says publish wrote it, and a hash of what it wrote, so that the next
/// publish knows its own work from an edit. It comes from the content alone: the same content gives the same bytes.
/// </summary>
internal static partial class ContentMark
{
    private const string Sentence = "Made by publish from the model: change the AppHost, not this file.";

    /// <summary>Whether a file of this name carries a mark: JSON has no comments, and is not what people edit here.</summary>
    public static bool Marks(string fileName) => CommentOf(fileName) is not null;

    /// <summary>The content with its mark: in the comment on the line for it, or on a line of its own before that.</summary>
    public static string Add(string fileName, string content)
    {
        if (CommentOf(fileName) is not var (open, close))
        {
            return content;
        }

        var start = StartOfLine(fileName, content);
        var line = content[start..EndOfLine(content, start)];
        if (!line.StartsWith(open, StringComparison.Ordinal) || !line.EndsWith(close, StringComparison.Ordinal))
        {
            line = open + Sentence + close;
            content = content.Insert(start, $"{line}\n");
        }

        return content.Insert(start + line.Length - close.Length, $" Content {Hash(content)}.");
    }

    /// <summary>What is known of the file that has this content.</summary>
    public static Authorship AuthorOf(string fileName, string content)
    {
        // A checkout may have changed the ends of lines.
        content = content.ReplaceLineEndings("\n");
        var start = StartOfLine(fileName, content);
        var mark = Mark().Match(content, start, EndOfLine(content, start) - start);
        return !mark.Success ? Authorship.Somebody
            : Hash(content.Remove(mark.Index, mark.Length)) == mark.Groups["hash"].Value ? Authorship.Publish
            : Authorship.PublishThenSomebody;
    }

    /// <summary>
    /// Where the line with the mark is: the first one, but for a Dockerfile the one after those that are for its parser, which come before
    /// any comment (https://docs.docker.com/reference/dockerfile/#parser-directives).
    /// </summary>
    private static int StartOfLine(string fileName, string content)
    {
        var start = 0;
        while (
            IsDockerfile(fileName)
            && start < content.Length
            && ParserDirective().IsMatch(content.AsSpan(start, EndOfLine(content, start) - start))
        )
        {
            start = Math.Min(EndOfLine(content, start) + 1, content.Length);
        }

        return start;
    }

    private static int EndOfLine(string content, int start) => content.IndexOf('\n', start) is >= 0 and var end ? end : content.Length;

    private static bool IsDockerfile(string fileName) => Path.GetFileName(fileName) == "Dockerfile";

    private static (string Open, string Close)? CommentOf(string fileName) =>
        IsDockerfile(fileName)
            ? ("# ", "")
            : Path.GetExtension(fileName) switch
            {
                ".yaml" or ".dockerignore" => ("# ", ""),
                ".md" => ("<!-- ", " -->"),
                _ => null,
            };

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8));

    [GeneratedRegex(" Content (?<hash>[0-9a-f]{16})[.]")]
    private static partial Regex Mark();

    [GeneratedRegex("^#\\s*[A-Za-z]+\\s*=")]
    private static partial Regex ParserDirective();
}

/// <summary>Who wrote a file of the output folder.</summary>
internal enum Authorship
{
    Publish,
    PublishThenSomebody,
    Somebody,
}
