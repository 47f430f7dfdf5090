using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>.NET sends a log's template as its body unless asked for the message: here its holes are filled from the attributes.</summary>
internal static partial class MessageTemplate
{
    /// <summary>Holes that would make the message longer than <paramref name="maxLength"/> stay as they are.</summary>
    public static string Fill(string template, ImmutableArray<TelemetryAttribute> attributes, int maxLength)
    {
        if (attributes.IsEmpty || !template.Contains('{'))
        {
            return template;
        }

        var length = template.Length;
        return Hole().Replace(template, hole =>
        {
            var value = attributes.FirstOrDefault(attribute => attribute.Key == hole.Groups[1].Value)?.Value;
            if (value is null || length + value.Length > maxLength)
            {
                return hole.Value;
            }

            length += value.Length;
            return value;
        });
    }

    // Every part is bounded, so that a hostile template costs no more than its length.
    [GeneratedRegex(@"\{@?([\w.]{1,128})(?:[,:][^{}]{0,64})?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();
}
