using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a reference expression is put together from.</summary>
internal sealed class ReferenceExpressionParts(int literalLength = 16, int valueCount = 4)
{
    private readonly StringBuilder _format = new(literalLength);
    private readonly List<IValueProvider> _values = new(valueCount);
    private readonly List<string> _manifestExpressions = new(valueCount);
    private readonly List<string?> _stringFormats = new(valueCount);

    public bool IsEmpty => _format.Length == 0;

    public void AppendText(string? compositeFormat) => _format.Append(compositeFormat);

    public void AppendValue(IValueProvider value, IManifestExpressionProvider expression, string? format)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add(value);
        _manifestExpressions.Add(expression.ValueExpression);
        _stringFormats.Add(format);
    }

    public ReferenceExpression ToExpression() =>
        new(_format.ToString(), [.. _values], [.. _manifestExpressions], [.. _stringFormats]);
}

/// <summary>The formats a value can have in an expression.</summary>
internal static class ValueFormat
{
    /// <summary>Escapes the value as a part of a URI where the format is <c>uri</c>.</summary>
    /// <exception cref="FormatException">The format is none that is known.</exception>
    public static string Apply(string value, string? format) => format?.ToLowerInvariant() switch
    {
        null => value,
        "uri" => Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not supported. Supported formats are: uri (encodes a URI)"),
    };
}

/// <summary>Braces in text that becomes part of a composite format.</summary>
internal static class BraceEscaping
{
    /// <summary>Doubles single braces; a pair of equal braces counts as doubled already.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny('{', '}') < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            escaped.Append(text[i]);
            if (text[i] is '{' or '}')
            {
                escaped.Append(text[i]);
                if (i + 1 < text.Length && text[i + 1] == text[i])
                {
                    i++;
                }
            }
        }

        return escaped.ToString();
    }
}
