using System.Globalization;
using System.Text;

namespace Hosting.Fargate.Markup;

/// <summary>The text and the places of a format such as <c>"a {0} b {{literal}}"</c>.</summary>
internal static class CompositeFormat
{
    public static IEnumerable<FormatPart> Split(string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] is '{' or '}' && i + 1 < format.Length && format[i + 1] == format[i])
            {
                text.Append(format[i++]);
            }
            else if (format[i] == '{')
            {
                var end = format.IndexOf('}', i);
                if (text.Length > 0)
                {
                    yield return new(text.ToString(), null);
                    text.Clear();
                }

                yield return new("", int.Parse(format.AsSpan(i + 1, end - i - 1), CultureInfo.InvariantCulture));
                i = end;
            }
            else
            {
                text.Append(format[i]);
            }
        }

        if (text.Length > 0)
        {
            yield return new(text.ToString(), null);
        }
    }
}

/// <summary>A part of a format.</summary>
/// <param name="Text">The text; empty for a place.</param>
/// <param name="Index">Which value has its place there; null for text.</param>
internal sealed record FormatPart(string Text, int? Index);
