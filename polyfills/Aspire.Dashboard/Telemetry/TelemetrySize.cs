using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// About how many bytes an item takes: its text, and what the objects around it cost. Counts alone do not bound memory, for whoever
/// sends telemetry says how long each text is.
/// </summary>
internal static class TelemetrySize
{
    private const int PerObject = 48;
    private const int PerAttribute = 72;

    public static long Of(LogRecord log) => 3 * PerObject + 2L * (log.Message.Length + log.Category.Length) + Of(log.Attributes);

    public static long Of(Span span) =>
        6 * PerObject + 2L * (span.Name.Length + span.Scope.Length + (span.StatusMessage?.Length ?? 0)) + Of(span.Attributes)
        + span.Events.Sum(e => PerObject + 2L * e.Name.Length + Of(e.Attributes))
        + span.Links.Sum(link => 3 * PerObject + Of(link.Attributes));

    public static long Of(TelemetryResource resource) => 2 * PerObject + 2L * resource.ServiceName.Length + Of(resource.Attributes);

    public static long Of(MetricPoint point, bool boundsShared) =>
        2 * PerObject + 8L * point.Buckets.Length + (boundsShared ? 0 : 8L * point.Bounds.Length);

    public static long Of(ImmutableArray<TelemetryAttribute> attributes)
    {
        long size = 0;
        foreach (var attribute in attributes)
        {
            size += PerAttribute + 2L * (attribute.Key.Length + attribute.Value.Length);
        }

        return size;
    }
}
