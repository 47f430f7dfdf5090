using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Amazon.Runtime.Telemetry;
using Meter = Amazon.Runtime.Telemetry.Metrics.Meter;
using MeterProvider = Amazon.Runtime.Telemetry.Metrics.MeterProvider;

namespace OpenTelemetry.Instrumentation.AWS.Metrics;

/// <summary>Gives the AWS SDK's scopes a <see cref="System.Diagnostics.Metrics.Meter"/> of the same name.</summary>
internal sealed class InstrumentMeterProvider(string schemaUrl) : MeterProvider
{
    private static readonly string? Version = typeof(InstrumentMeterProvider).Assembly.GetName().Version?.ToString(3);

    private readonly ConcurrentDictionary<string, InstrumentMeter> _meters = new();

    public override Meter GetMeter(string scope, Attributes? attributes = null) =>
        _meters.GetOrAdd(
            scope,
            static (name, state) =>
                new InstrumentMeter(
                    new System.Diagnostics.Metrics.Meter(
                        new MeterOptions(name)
                        {
                            Version = Version,
                            TelemetrySchemaUrl = state.schemaUrl,
                            Tags = state.attributes?.AllAttributes!,
                        }
                    )
                ),
            (schemaUrl, attributes)
        );
}
