using System.Text;

namespace Hosting.Fargate.Reporting;

/// <summary>
/// What others have written, made harmless before it is shown: a log line may hold what a terminal obeys, such as sequences that set the
/// title, move the cursor over what was said before, or put text into the clipboard. Source:
/// https://cwe.mitre.org/data/definitions/150.html.
/// </summary>
internal static class Printable
{
    /// <summary>One line: what a terminal would obey is shown as <c>\x1b</c>, and the end of a line is no end.</summary>
    public static string Line(string text) => Show(text.TrimEnd());

    private static string Show(string text)
    {
        if (!text.Any(IsObeyed))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (!IsObeyed(character))
            {
                shown.Append(character);
            }
            else
            {
                shown.Append(
                    character switch
                    {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        < '\x100' => $"\\x{(int)character:x2}",
                        _ => $"\\u{(int)character:x4}",
                    }
                );
            }
        }

        return shown.ToString();
    }

    /// <summary>
    /// Control characters but the tab; and those that turn the direction of text, which make one line read as another:
    /// https://trojansource.codes/.
    /// </summary>
    private static bool IsObeyed(char character) =>
        (char.IsControl(character) && character != '\t')
        || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
