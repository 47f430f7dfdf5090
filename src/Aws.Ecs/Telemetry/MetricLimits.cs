using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Aws.Ecs.Telemetry;

/// <summary>
/// What is kept of the metrics that others make, and how much. The SDK sets aside memory for 2,000 combinations of attributes for each
/// instrument as it meets it, which for what the runtime and the server measure is some megabytes for a few dozen numbers. The
/// application's own have all of it.
/// </summary>
internal static class MetricLimits
{
    /// <summary>For instruments whose attributes have few values: generations, states, versions of a protocol.</summary>
    private const int Few = 50;

    /// <summary>For those by host, operation or status.</summary>
    private const int Some = 500;

    /// <summary>
    /// What each request and each call would pay for, and a receiver charges for, beside a duration that has the same count and outcome:
    /// the steps of a call of AWS (its duration, attempts and errors stay), and what a connection or a route is at that moment.
    /// </summary>
    private static readonly HashSet<string> s_instrumentsLeftOut =
    [
        "client.call.attempt_duration",
        "client.call.serialization_duration",
        "client.call.deserialization_duration",
        "client.call.resolve_endpoint_duration",
        "client.call.auth.resolve_identity_duration",
        "client.call.auth.signing_duration",
        "client.http.bytes_sent",
        "client.http.bytes_received",
        "client.uptime",
        "http.client.active_requests",
        "http.client.open_connections",
        "aspnetcore.routing.match_attempts",
    ];

    /// <summary>Meters of steps within a request, whose outcome is the request's status.</summary>
    private static readonly HashSet<string> s_metersLeftOut =
    [
        "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Authorization",
        "Microsoft.AspNetCore.MemoryPool",
    ];

    public static MetricStreamConfiguration? Of(Instrument instrument) =>
        instrument.Meter.Name switch
        {
            var name when s_metersLeftOut.Contains(name) || (IsOfOthers(name) && s_instrumentsLeftOut.Contains(instrument.Name)) =>
                MetricStreamConfiguration.Drop,
            "System.Runtime" or "Microsoft.AspNetCore.Server.Kestrel" => new() { CardinalityLimit = Few },
            var name when IsOfOthers(name) => new() { CardinalityLimit = Some },
            _ => null,
        };

    private static bool IsOfOthers(string meter) =>
        meter
            is "System.Net.Http"
                or "System.Net.NameResolution"
                or "Microsoft.AspNetCore.Hosting"
                or "Microsoft.AspNetCore.Routing"
                or "Microsoft.AspNetCore.Diagnostics"
        || meter.StartsWith("AWSSDK.", StringComparison.Ordinal);
}
