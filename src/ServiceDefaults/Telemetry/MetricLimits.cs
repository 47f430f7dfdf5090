using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// How much is kept of the metrics that others make. The SDK sets aside memory for 2,000 combinations of attributes for each instrument as it
/// meets it, which for what the runtime and the server measure is some megabytes for a few dozen numbers. The application's own have all of it.
/// </summary>
internal static class MetricLimits
{
    /// <summary>For instruments whose attributes have few values: generations, states, versions of a protocol.</summary>
    private const int Few = 50;

    /// <summary>For those by host, operation or status.</summary>
    private const int Some = 500;

    /// <summary>The steps that a call of AWS is made of, a histogram each: its duration, attempts, errors and bytes stay.</summary>
    private static readonly HashSet<string> s_stepsOfCalls =
    [
        "client.call.serialization_duration", "client.call.deserialization_duration", "client.call.resolve_endpoint_duration",
        "client.call.auth.resolve_identity_duration", "client.call.auth.signing_duration",
    ];

    public static MetricStreamConfiguration? Of(Instrument instrument) => instrument.Meter.Name switch
    {
        "System.Runtime" or "Microsoft.AspNetCore.Server.Kestrel" or "Microsoft.AspNetCore.MemoryPool" => new() { CardinalityLimit = Few },
        "System.Net.Http" or "System.Net.NameResolution" or "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Routing" or "Microsoft.AspNetCore.Diagnostics" =>
            new() { CardinalityLimit = Some },
        var name when name.StartsWith("AWSSDK.", StringComparison.Ordinal) => s_stepsOfCalls.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : new() { CardinalityLimit = Some },
        _ => null,
    };
}
