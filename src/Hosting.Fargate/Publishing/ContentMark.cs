using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Publishing;

/// <summary>
/// The first line of a file that people may change: a comment that says publish wrote it, and a hash of what it wrote, so that the next
/// publish knows its own work from an edit. It comes from the content alone: the same content gives the same bytes.
/// </summary>
internal static partial class ContentMark
{
    private const string Sentence = "Made by publish from the model: change the AppHost, not this file.";

    /// <summary>Whether a file of this name carries a mark: JSON has no comments, and is not what people edit here.</summary>
    public static bool Marks(string fileName) => CommentOf(fileName) is not null;

    /// <summary>The content with its mark: in the comment on its first line, or on a line before it.</summary>
    public static string Add(string fileName, string content)
    {
        if (CommentOf(fileName) is not var (open, close))
        {
            return content;
        }

        var first = content[..LengthOfFirstLine(content)];
        if (!first.StartsWith(open, StringComparison.Ordinal) || !first.EndsWith(close, StringComparison.Ordinal))
        {
            first = open + Sentence + close;
            content = $"{first}\n{content}";
        }

        return content.Insert(first.Length - close.Length, $" Content {Hash(content)}.");
    }

    /// <summary>What is known of the file that has this content.</summary>
    public static Authorship AuthorOf(string content)
    {
        // A checkout may have changed the ends of lines.
        content = content.ReplaceLineEndings("\n");
        var mark = Mark().Match(content, 0, LengthOfFirstLine(content));
        return !mark.Success ? Authorship.Somebody
            : Hash(content.Remove(mark.Index, mark.Length)) == mark.Groups["hash"].Value ? Authorship.Publish
            : Authorship.PublishThenSomebody;
    }

    private static (string Open, string Close)? CommentOf(string fileName) => Path.GetExtension(fileName) switch
    {
        ".yaml" => ("# ", ""),
        ".md" => ("<!-- ", " -->"),
        _ => null,
    };

    private static int LengthOfFirstLine(string content) => content.IndexOf('\n') is >= 0 and var end ? end : content.Length;

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8));

    [GeneratedRegex(" Content (?<hash>[0-9a-f]{16})[.]")]
    private static partial Regex Mark();
}

/// <summary>Who wrote a file of the output folder.</summary>
internal enum Authorship
{
    Publish,
    PublishThenSomebody,
    Somebody,
}
