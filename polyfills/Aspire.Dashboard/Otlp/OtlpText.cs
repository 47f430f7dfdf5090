using System.Collections.Immutable;
using System.Globalization;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>Turns the protocol's values into the store's, within the limits of the options.</summary>
internal static class OtlpText
{
    public const int TraceIdLength = 16, SpanIdLength = 8;

    private const int MaxNesting = 16;

    public static DateTimeOffset ToTime(ulong unixNanoseconds) =>
        // The protocol's range ends in the year 2554, a date's in 9999: it always fits.
        DateTimeOffset.UnixEpoch.AddTicks((long)(unixNanoseconds / 100));

    public static string? ToHex(ByteString id) => id.IsEmpty ? null : Convert.ToHexStringLower(id.Span);

    public static TelemetryResource ToResource(Resource? resource, DashboardOptions options)
    {
        var attributes = ToAttributes(resource?.Attributes ?? [], options);
        var name = attributes.FirstOrDefault(a => a.Key == "service.name")?.Value;
        return new TelemetryResource(
            string.IsNullOrEmpty(name) ? "unknown_service" : name,
            attributes.FirstOrDefault(a => a.Key == "service.instance.id")?.Value,
            attributes);
    }

    public static ImmutableArray<TelemetryAttribute> ToAttributes(RepeatedField<KeyValue> attributes, DashboardOptions options) =>
        [.. attributes.Take(options.MaxAttributeCount).Select(a => new TelemetryAttribute(Cut(a.Key, options), ToText(a.Value, options)))];

    public static string ToText(AnyValue? value, DashboardOptions options) => Cut(ToText(value, 0), options);

    public static string Cut(string text, DashboardOptions options) =>
        text.Length <= options.MaxAttributeLength ? text : text[..options.MaxAttributeLength];

    private static string ToText(AnyValue? value, int depth) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToBase64(),
        _ when depth >= MaxNesting => "…",
        AnyValue.ValueOneofCase.ArrayValue => $"[{string.Join(", ", value.ArrayValue.Values.Select(v => ToText(v, depth + 1)))}]",
        AnyValue.ValueOneofCase.KvlistValue =>
            $"{{{string.Join(", ", value.KvlistValue.Values.Select(pair => $"{pair.Key}: {ToText(pair.Value, depth + 1)}"))}}}",
        _ => string.Empty,
    };
}
