using Amazon;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Telemetry;
using OpenTelemetry.Instrumentation.AWS;
using OpenTelemetry.Instrumentation.AWS.Pipeline;
using OpenTelemetry.Instrumentation.AWS.Tracing;

namespace OpenTelemetry.Trace;

/// <summary>Registers the tracing of AWS SDK calls.</summary>
public static class TracerProviderBuilderExtensions
{
    /// <summary>Makes the calls of AWS SDK clients spans, with the default options.</summary>
    /// <param name="builder">The tracing to add to.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TracerProviderBuilder AddAWSInstrumentation(this TracerProviderBuilder builder) =>
        builder.AddAWSInstrumentation(configure: null);

    /// <summary>
    /// Makes the calls of AWS SDK clients spans. It holds for the whole process and for clients created afterwards; where it is
    /// called more than once, the options of the first call decide which attributes are set.
    /// </summary>
    /// <param name="builder">The tracing to add to.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TracerProviderBuilder AddAWSInstrumentation(
        this TracerProviderBuilder builder,
        Action<AWSClientInstrumentationOptions>? configure
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new AWSClientInstrumentationOptions();
        configure?.Invoke(options);

        RuntimePipelineCustomizerRegistry.Instance.Register(new TracingPipelineCustomizer(options));
        AWSConfigs.TelemetryProvider.RegisterTracerProvider(
            new ActivityTracerProvider(SemanticConventions.Of(options.SemanticConventionVersion).SchemaUrl)
        );
        return builder.AddSource($"{TelemetryConstants.TelemetryScopePrefix}.*");
    }
}
