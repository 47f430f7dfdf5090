using System.Globalization;
using System.Text;

namespace Aspire.Dashboard.Console;

/// <summary>A piece of a line that looks the same throughout; <paramref name="CssClass"/> is one of the style sheet's <c>ansi-</c> classes.</summary>
public sealed record AnsiSegment(string Text, string? CssClass);

/// <summary>Reads the colours (SGR sequences) of a console line and drops every other control sequence.</summary>
internal static class AnsiText
{
    private const char Escape = '\u001b';

    public static IReadOnlyList<AnsiSegment> Parse(string line)
    {
        if (!line.Contains(Escape))
        {
            return [new AnsiSegment(line, null)];
        }

        var segments = new List<AnsiSegment>();
        var text = new StringBuilder();
        var style = new Style(null, null, false, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != Escape)
            {
                text.Append(line[i]);
                continue;
            }

            var end = EndOfSequence(line, i);
            if (end > i + 1 && line[i + 1] == '[' && end <= line.Length && line[end - 1] == 'm')
            {
                Flush();
                style = style.With(line[(i + 2)..(end - 1)]);
            }

            i = end - 1;
        }

        Flush();
        return segments;

        void Flush()
        {
            if (text.Length > 0)
            {
                segments.Add(new AnsiSegment(text.ToString(), style.CssClass));
                text.Clear();
            }
        }
    }

    public static string Strip(string line) => line.Contains(Escape) ? string.Concat(Parse(line).Select(segment => segment.Text)) : line;

    /// <summary>The index after the sequence that starts at <paramref name="start"/>: CSI, OSC, or an escape and one character.</summary>
    private static int EndOfSequence(string line, int start)
    {
        var i = start + 1;
        if (i >= line.Length)
        {
            return line.Length;
        }

        if (line[i] == '[')
        {
            i++;
            while (i < line.Length && line[i] is < '@' or > '~')
            {
                i++;
            }

            return Math.Min(i + 1, line.Length);
        }

        if (line[i] == ']')
        {
            while (i < line.Length && line[i] is not ('\a' or '\\'))
            {
                i++;
            }
        }

        return Math.Min(i + 1, line.Length);
    }

    private readonly record struct Style(int? Foreground, int? Background, bool Bold, bool Dim)
    {
        public string? CssClass
        {
            get
            {
                var css = string.Join(' ', new[]
                {
                    Foreground is { } f ? string.Create(CultureInfo.InvariantCulture, $"ansi-fg-{f}") : null,
                    Background is { } b ? string.Create(CultureInfo.InvariantCulture, $"ansi-bg-{b}") : null,
                    Bold ? "ansi-bold" : null,
                    Dim ? "ansi-dim" : null,
                }.OfType<string>());
                return css.Length == 0 ? null : css;
            }
        }

        public Style With(string parameters)
        {
            var style = this;
            var codes = parameters.Split(';');
            for (var i = 0; i < codes.Length; i++)
            {
                var code = codes[i].Length == 0 ? 0 : int.TryParse(codes[i], CultureInfo.InvariantCulture, out var number) ? number : -1;
                if (code is 38 or 48)
                {
                    // 256 colours or RGB: of these only the first sixteen have a class.
                    var colour = codes.ElementAtOrDefault(i + 1) == "5" && int.TryParse(codes.ElementAtOrDefault(i + 2), out var index) && index is >= 0 and < 16
                        ? index : (int?)null;
                    style = code == 38 ? style with { Foreground = colour } : style with { Background = colour };
                    i += codes.ElementAtOrDefault(i + 1) == "2" ? 4 : 2;
                    continue;
                }

                style = code switch
                {
                    0 => new Style(null, null, false, false),
                    1 => style with { Bold = true },
                    2 => style with { Dim = true },
                    22 => style with { Bold = false, Dim = false },
                    >= 30 and <= 37 => style with { Foreground = code - 30 },
                    39 => style with { Foreground = null },
                    >= 40 and <= 47 => style with { Background = code - 40 },
                    49 => style with { Background = null },
                    >= 90 and <= 97 => style with { Foreground = code - 82 },
                    >= 100 and <= 107 => style with { Background = code - 92 },
                    _ => style,
                };
            }

            return style;
        }
    }
}
