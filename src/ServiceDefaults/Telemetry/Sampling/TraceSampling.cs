using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Telemetry.Sampling;

/// <summary>
/// The head sampling of <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c>. The SDK reads them itself; here they are read to
/// learn whether a ratio decides, for then failures are kept besides.
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
/// </summary>
internal static class TraceSampling
{
    /// <summary>The sampler of a ratio below one; null where the variables name none and everything or nothing is sampled.</summary>
    public static Sampler? Ratio(IConfiguration configuration)
    {
        var isParentBased = Is(configuration, "parentbased_traceidratio");
        if (!isParentBased && !Is(configuration, "traceidratio"))
        {
            return null;
        }

        // As the SDK reads it: what is no ratio is 1.
        if (!double.TryParse(configuration["OTEL_TRACES_SAMPLER_ARG"], NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) || ratio is not (>= 0 and < 1))
        {
            return null;
        }

        var head = new TraceIdRatioBasedSampler(ratio);
        return isParentBased ? new ParentBasedSampler(head) : head;
    }

    private static bool Is(IConfiguration configuration, string sampler) =>
        string.Equals(configuration["OTEL_TRACES_SAMPLER"]?.Trim(), sampler, StringComparison.OrdinalIgnoreCase);
}
