using System.Text;

namespace Hosting.Fargate.Markup;

/// <summary>
/// Fills in what a Dockerfile names by <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-word}</c> and <c>${NAME:+word}</c>, and takes the quotes
/// away. Source: https://docs.docker.com/reference/dockerfile/#environment-replacement.
/// </summary>
internal static class DockerfileVariables
{
    /// <param name="text">A word, as it is written.</param>
    /// <param name="valueOf">The value of a name; null for one that has none.</param>
    public static string Fill(string text, Func<string, string?> valueOf)
    {
        StringBuilder filled = new();
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quote != '\'' && i + 1 < text.Length:
                    filled.Append(text[++i]);
                    break;
                case '"' or '\'' when quote == '\0' || quote == text[i]:
                    quote = quote == '\0' ? text[i] : '\0';
                    break;
                case '$' when quote != '\'' && NameAt(text, i + 1) is { Length: > 0 } name:
                    i += name.Length;
                    filled.Append(valueOf(name));
                    break;
                case '$' when quote != '\'' && i + 1 < text.Length && text[i + 1] == '{' && EndOf(text, i + 2) is > 0 and var end:
                    filled.Append(Braced(text[(i + 2)..end], valueOf));
                    i = end;
                    break;
                default:
                    filled.Append(text[i]);
                    break;
            }
        }

        return filled.ToString();
    }

    private static string? Braced(string inside, Func<string, string?> valueOf)
    {
        var name = NameAt(inside, 0);
        var value = valueOf(name);
        var rest = inside[name.Length..];
        var isSet = rest.StartsWith(':') ? !string.IsNullOrEmpty(value) : value is not null;
        return rest.TrimStart(':') switch
        {
            ['-', .. var word] => isSet ? value : Fill(word, valueOf),
            ['+', .. var word] => isSet ? Fill(word, valueOf) : "",
            _ => value,
        };
    }

    private static string NameAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return text[start..end];
    }

    /// <summary>Where the brace that is open ends, with others within it.</summary>
    private static int EndOf(string text, int start)
    {
        var depth = 1;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
