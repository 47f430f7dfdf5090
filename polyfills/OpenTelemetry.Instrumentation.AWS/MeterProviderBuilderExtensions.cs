using Amazon;
using Amazon.Runtime.Telemetry;
using OpenTelemetry.Instrumentation.AWS;
using OpenTelemetry.Instrumentation.AWS.Metrics;

namespace OpenTelemetry.Metrics;

/// <summary>Registers the metrics of AWS SDK calls.</summary>
public static class MeterProviderBuilderExtensions
{
    /// <summary>
    /// Collects what AWS SDK clients measure: <c>client.call.duration</c>, <c>client.call.attempts</c>, <c>client.call.errors</c>, ….
    /// </summary>
    /// <param name="builder">The metrics to add to.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static MeterProviderBuilder AddAWSInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var schemaUrl = SemanticConventions.Of(new AWSClientInstrumentationOptions().SemanticConventionVersion).SchemaUrl;
        AWSConfigs.TelemetryProvider.RegisterMeterProvider(new InstrumentMeterProvider(schemaUrl));
        return builder.AddMeter($"{TelemetryConstants.TelemetryScopePrefix}.*");
    }
}
