using System.Text;

namespace Aspire.Hosting.Run.Projects;

/// <summary>Splits a launch profile's <c>commandLineArgs</c>, which is one text, into arguments: blanks part them, quotes keep them together.</summary>
internal static class CommandLine
{
    public static IEnumerable<string> Split(string? text)
    {
        var argument = new StringBuilder();
        var isQuoted = false;
        var hasArgument = false;
        for (var i = 0; i < (text?.Length ?? 0); i++)
        {
            var character = text![i];
            if (character == '\\' && i + 1 < text.Length && text[i + 1] == '"')
            {
                argument.Append('"');
                hasArgument = true;
                i++;
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
                hasArgument = true;
            }
            else if (char.IsWhiteSpace(character) && !isQuoted)
            {
                if (hasArgument)
                {
                    yield return argument.ToString();
                }
                argument.Clear();
                hasArgument = false;
            }
            else
            {
                argument.Append(character);
                hasArgument = true;
            }
        }
        if (hasArgument)
        {
            yield return argument.ToString();
        }
    }
}
