using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// OTLP's JSON, which is protobuf's except that ids are hexadecimal, not base64
/// (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
/// </summary>
internal static class OtlpJson
{
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is not OTLP.</exception>
    /// <exception cref="FormatException">An id is not hexadecimal.</exception>
    public static TRequest Parse<TRequest>(ReadOnlySpan<byte> json) where TRequest : IMessage, new()
    {
        var root = JsonNode.Parse(json) ?? throw new JsonException("The body is empty.");
        WriteIdsAsBase64(root);
        return s_parser.Parse<TRequest>(root.ToJsonString());
    }

    /// <summary>Whether an exception says that what was sent is malformed, and not that something is wrong here.</summary>
    public static bool IsMalformed(Exception exception) => exception is InvalidProtocolBufferException or InvalidJsonException or JsonException
        or FormatException or InvalidDataException or NotSupportedException or ArgumentException or OverflowException or InvalidOperationException;

    private static void WriteIdsAsBase64(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                WriteIdsAsBase64(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (name is "traceId" or "spanId" or "parentSpanId" && value is JsonValue id && id.TryGetValue<string>(out var hex))
                {
                    members[name] = Convert.ToBase64String(Convert.FromHexString(hex));
                }
                else
                {
                    WriteIdsAsBase64(value);
                }
            }
        }
    }
}
