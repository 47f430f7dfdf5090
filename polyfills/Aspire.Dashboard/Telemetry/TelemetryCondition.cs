using System.Globalization;

namespace Aspire.Dashboard.Telemetry;

/// <summary>How a field is compared.</summary>
internal enum ConditionKind
{
    Equals,
    NotEquals,
    Contains,
    NotContains,
    GreaterThan,
    LessThan,
}

/// <summary>
/// A condition on an attribute, or on a field such as <c>message</c> or <c>duration</c>. In an address it is
/// <c>FIELD:KIND:VALUE</c>, the field escaped.
/// </summary>
internal sealed record TelemetryCondition(string Field, ConditionKind Kind, string Value)
{
    public static string Describe(ConditionKind kind) => kind switch
    {
        ConditionKind.Equals => "is",
        ConditionKind.NotEquals => "is not",
        ConditionKind.Contains => "contains",
        ConditionKind.NotContains => "does not contain",
        ConditionKind.GreaterThan => "is more than",
        _ => "is less than",
    };

    /// <summary>The conditions that an address carries; what is none is passed over.</summary>
    public static TelemetryCondition[] Parse(string[]? texts) => [.. (texts ?? []).Select(Parse).OfType<TelemetryCondition>()];

    /// <summary>Whether a record holds it.</summary>
    public bool Holds(Func<string, string?> valueOf)
    {
        var value = valueOf(Field);
        return Kind switch
        {
            ConditionKind.Equals => string.Equals(value, Value, StringComparison.OrdinalIgnoreCase),
            ConditionKind.NotEquals => !string.Equals(value, Value, StringComparison.OrdinalIgnoreCase),
            ConditionKind.Contains => value?.Contains(Value, StringComparison.OrdinalIgnoreCase) == true,
            ConditionKind.NotContains => value?.Contains(Value, StringComparison.OrdinalIgnoreCase) != true,
            ConditionKind.GreaterThan => Number(value) > Number(Value),
            _ => Number(value) < Number(Value),
        };
    }

    public override string ToString() => $"{Uri.EscapeDataString(Field)}:{Kind}:{Value}";

    private static TelemetryCondition? Parse(string text) =>
        text.Split(':', 3) is [{ Length: > 0 } field, var kind, var value] && Enum.TryParse<ConditionKind>(kind, out var parsed) && Enum.IsDefined(parsed)
            ? new TelemetryCondition(Uri.UnescapeDataString(field), parsed, value)
            : null;

    private static double Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}

/// <summary>The fields that records have beside their attributes.</summary>
internal static class TelemetryFields
{
    public static readonly string[] OfLogs = ["message", "category", "level", "trace id", "span id"];

    public static readonly string[] OfSpans = ["name", "kind", "status", "source", "duration (ms)"];

    public static string? Value(LogRecord log, string field) => field switch
    {
        "message" => log.Message,
        "category" => log.Category,
        "level" => log.Severity.ToString(),
        "trace id" => log.TraceId,
        "span id" => log.SpanId,
        _ => Value(log.Attributes, log.Resource, field),
    };

    public static string? Value(Span span, string field) => field switch
    {
        "name" => span.Name,
        "kind" => span.Kind,
        "status" => span.IsError ? "Error" : "Ok",
        "source" => span.Scope,
        "duration (ms)" => span.Duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        _ => Value(span.Attributes, span.Resource, field),
    };

    private static string? Value(IEnumerable<TelemetryAttribute> own, TelemetryResource resource, string field) =>
        own.Concat(resource.Attributes).FirstOrDefault(attribute => attribute.Key == field)?.Value;
}
