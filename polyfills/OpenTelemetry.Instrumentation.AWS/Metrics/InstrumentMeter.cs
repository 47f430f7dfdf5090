using System.Collections.Concurrent;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Metrics;

namespace OpenTelemetry.Instrumentation.AWS.Metrics;

/// <summary>Keeps one instrument a name: the SDK asks for its instruments anew with each call.</summary>
internal sealed class InstrumentMeter(System.Diagnostics.Metrics.Meter meter) : Meter
{
    private readonly ConcurrentDictionary<(Type Kind, string Name), object> _instruments = new();

    public override Histogram<T> CreateHistogram<T>(string name, string? units = null, string? description = null)
        where T : struct => Instrument(name, () => new RecordingHistogram<T>(meter.CreateHistogram<T>(name, units, description)));

    public override MonotonicCounter<T> CreateMonotonicCounter<T>(string name, string? units = null, string? description = null)
        where T : struct => Instrument(name, () => new AddingCounter<T>(meter.CreateCounter<T>(name, units, description)));

    public override UpDownCounter<T> CreateUpDownCounter<T>(string name, string? units = null, string? description = null)
        where T : struct => Instrument(name, () => new AddingUpDownCounter<T>(meter.CreateUpDownCounter<T>(name, units, description)));

    private TInstrument Instrument<TInstrument>(string name, Func<TInstrument> create)
        where TInstrument : class =>
        // Asked for with each call, it is there already as a rule.
        (TInstrument)(
            _instruments.TryGetValue((typeof(TInstrument), name), out var known)
                ? known
                : _instruments.GetOrAdd((typeof(TInstrument), name), create())
        );

    private static KeyValuePair<string, object?>[] Tags(Attributes? attributes) => attributes is null ? [] : [.. attributes.AllAttributes!];

    private sealed class RecordingHistogram<T>(System.Diagnostics.Metrics.Histogram<T> histogram) : Histogram<T>
        where T : struct
    {
        public override void Record(T value, Attributes? attributes = null)
        {
            if (histogram.Enabled)
            {
                histogram.Record(value, Tags(attributes));
            }
        }
    }

    private sealed class AddingCounter<T>(System.Diagnostics.Metrics.Counter<T> counter) : MonotonicCounter<T>
        where T : struct
    {
        public override void Add(T value, Attributes? attributes = null)
        {
            if (counter.Enabled)
            {
                counter.Add(value, Tags(attributes));
            }
        }
    }

    private sealed class AddingUpDownCounter<T>(System.Diagnostics.Metrics.UpDownCounter<T> counter) : UpDownCounter<T>
        where T : struct
    {
        public override void Add(T value, Attributes? attributes = null)
        {
            if (counter.Enabled)
            {
                counter.Add(value, Tags(attributes));
            }
        }
    }
}
