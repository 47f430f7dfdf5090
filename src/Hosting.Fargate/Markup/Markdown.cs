using System.Text;

namespace Hosting.Fargate.Markup;

/// <summary>Text of the model as GitHub's Markdown shows it letter by letter: https://github.github.com/gfm/.</summary>
internal static class Markdown
{
    /// <summary>Text in which nothing is markup, on one line.</summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            switch (c)
            {
                case '\r' or '\n' or '\t':
                    escaped.Append(' ');
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                // An ampersand means something before a name or number alone, an underscore not within a word.
                case '&' when IsWord(text, index + 1) || At(text, index + 1) == '#':
                    escaped.Append("&amp;");
                    break;
                case '_' when !IsWithinWord(text, index):
                case '\\' or '`' or '*' or '[' or ']' or '~' or '$':
                    escaped.Append('\\').Append(c);
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>A name, or a word of a program, on one line; nothing where it is empty.</summary>
    public static string Code(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length == 0)
        {
            return "";
        }

        // A code span cannot hold all there is: a backtick ends it, and a backslash before a bar loses itself in a table.
        return line.AsSpan().ContainsAny('`', '\\') || line[0] == ' ' || line[^1] == ' ' ? $"<code>{Entities(line)}</code>" : $"`{line}`";
    }

    /// <summary>Names, one after the other.</summary>
    public static string Codes(IEnumerable<string> texts) => string.Join(", ", texts.Select(Code));

    /// <summary>A heading and what stands under it; nothing where that is empty.</summary>
    public static string Section(string title, params IEnumerable<string> parts)
    {
        var body = string.Join('\n', parts.Where(part => part.Length > 0));
        return body.Length == 0 ? "" : $"## {title}\n\n{body}";
    }

    /// <summary>A paragraph; nothing where there is no text.</summary>
    public static string Paragraph(string? text) => string.IsNullOrEmpty(text) ? "" : $"{text}\n";

    /// <summary>A list; nothing where there are no items.</summary>
    public static string List(IEnumerable<string> items) => string.Concat(items.Select(item => $"- {item}\n"));

    private static string Entities(string text)
    {
        var entities = new StringBuilder(text.Length * 2);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c == ' ')
            {
                entities.Append(c);
            }
            else
            {
                entities.Append("&#").Append((int)c).Append(';');
            }
        }

        return entities.ToString();
    }

    private static char At(string text, int index) => index >= 0 && index < text.Length ? text[index] : ' ';

    private static bool IsWithinWord(string text, int underscore)
    {
        var (before, after) = (underscore, underscore);
        while (At(text, before) == '_')
        {
            before--;
        }

        while (At(text, after) == '_')
        {
            after++;
        }

        return IsWord(text, before) && IsWord(text, after);
    }

    private static bool IsWord(string text, int index) => char.IsLetterOrDigit(At(text, index));
}
