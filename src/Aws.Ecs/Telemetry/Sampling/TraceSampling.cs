using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace Aws.Ecs.Telemetry.Sampling;

/// <summary>
/// The sampling of <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c>. The SDK reads them itself; here they are read for what it
/// has no sampler for: failures, which are kept besides where a ratio decides, and requests that are left out, where their parts go by no
/// parent.
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
/// </summary>
internal static class TraceSampling
{
    /// <summary>The sampler in place of the SDK's; null where that one does.</summary>
    public static Sampler? Of(IConfiguration configuration) =>
        configuration["OTEL_TRACES_SAMPLER"]?.Trim().ToLowerInvariant() switch
        {
            "always_on" => new LeftOutSampler(new AlwaysOnSampler()),
            "traceidratio" => new LeftOutSampler(KeepingFailures(Ratio(configuration), head => head)),
            "parentbased_traceidratio" => new LeftOutSampler(KeepingFailures(Ratio(configuration), head => new ParentBasedSampler(head))),
            _ => null,
        };

    private static Sampler KeepingFailures(double ratio, Func<Sampler, Sampler> head) =>
        ratio < 1 ? new FailureKeepingSampler(head(new TraceIdRatioBasedSampler(ratio))) : head(new AlwaysOnSampler());

    // As the SDK reads it: what is no ratio is 1.
    private static double Ratio(IConfiguration configuration) =>
        double.TryParse(configuration["OTEL_TRACES_SAMPLER_ARG"], NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio)
        && ratio is >= 0 and <= 1
            ? ratio
            : 1;
}
