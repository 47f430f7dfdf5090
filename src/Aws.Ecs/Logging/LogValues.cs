using System.Globalization;
using System.Text.Json;

namespace Aws.Ecs.Logging;

/// <summary>The named values of a record or of a scope as JSON, each name once, within bounds.</summary>
internal static class LogValues
{
    /// <summary>The name under which a record holds its template; the message has it already, with its values.</summary>
    public const string MessageTemplate = "{OriginalFormat}";

    private const int ValueLimit = 4 * 1024;
    private const int CountLimit = 64;

    // Past this many bytes a record takes no further values: with what it has by then it stays below the limit of an event.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    private const long RecordLimit = 128 * 1024;

    public static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> values)
    {
        var written = new HashSet<string>();
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            if (written.Count == CountLimit || IsFull(json))
            {
                break;
            }

            if (name != MessageTemplate && written.Add(name))
            {
                json.WritePropertyName(Cut(name, ValueLimit)!);
                WriteValue(json, value);
            }
        }

        json.WriteEndObject();
    }

    public static bool IsFull(Utf8JsonWriter json) => json.BytesCommitted + json.BytesPending > RecordLimit;

    public static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool boolean:
                json.WriteBooleanValue(boolean);
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTime time:
                json.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            default:
                json.WriteStringValue(Cut(Convert.ToString(value, CultureInfo.InvariantCulture), ValueLimit));
                break;
        }
    }

    /// <summary>The text, cut to a length in UTF-16 code units and then ended by an ellipsis.</summary>
    public static string? Cut(string? text, int limit) =>
        text is null || text.Length <= limit
            ? text
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit), "…");
}
