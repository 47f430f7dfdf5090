using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Which instrument of which sender.</summary>
public sealed record InstrumentKey(TelemetryResource Resource, string Meter, string Name);

/// <summary>A value at a moment; of a histogram the number, the sum and the buckets so far.</summary>
public sealed record MetricPoint(DateTimeOffset Timestamp, double Value, ulong Count, ImmutableArray<ulong> Buckets, ImmutableArray<double> Bounds);

/// <summary>One set of attributes of an instrument and its points, oldest first.</summary>
public sealed record MetricDimension(string Attributes, ImmutableArray<MetricPoint> Points);

/// <summary>An instrument as it is at one moment.</summary>
public sealed record Instrument(InstrumentKey Key, string Kind, string Unit, string Description, ImmutableArray<MetricDimension> Dimensions);

/// <summary>The points of the instruments that are kept.</summary>
internal sealed class MetricStore(int maxPoints)
{
    private const int MaxInstruments = 2_000;
    private const int MaxDimensions = 200;

    // All instruments together: what one dimension may keep, times all dimensions, would be too much.
    private const int MaxPointsInAll = 1_000_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<InstrumentKey, KeptInstrument> _instruments = [];
    private readonly Queue<RingBuffer<MetricPoint>> _order = new();

    public ImmutableArray<(InstrumentKey Key, string Unit, string Description)> Instruments
    {
        get
        {
            lock (_lock)
            {
                return [.. _instruments.Select(pair => (pair.Key, pair.Value.Unit, pair.Value.Description))];
            }
        }
    }

    public Instrument? Find(InstrumentKey key)
    {
        lock (_lock)
        {
            return _instruments.TryGetValue(key, out var kept)
                ? new Instrument(key, kept.Kind, kept.Unit, kept.Description, [.. kept.Dimensions.Select(d => new MetricDimension(d.Key, [.. d.Value]))])
                : null;
        }
    }

    /// <summary>Returns whether there was room for it.</summary>
    public bool TryAdd(InstrumentKey key, string kind, string unit, string description, string attributes, MetricPoint point)
    {
        lock (_lock)
        {
            if (!_instruments.TryGetValue(key, out var kept))
            {
                if (_instruments.Count >= MaxInstruments)
                {
                    return false;
                }

                _instruments[key] = kept = new KeptInstrument(kind, unit, description);
            }

            if (!kept.Dimensions.TryGetValue(attributes, out var points))
            {
                if (kept.Dimensions.Count >= MaxDimensions)
                {
                    return false;
                }

                kept.Dimensions[attributes] = points = new RingBuffer<MetricPoint>(maxPoints);
            }

            if (_order.Count == MaxPointsInAll)
            {
                _order.Dequeue().RemoveOldest();
            }

            points.Add(point);
            _order.Enqueue(points);
            return true;
        }
    }

    private sealed record KeptInstrument(string Kind, string Unit, string Description)
    {
        public SortedDictionary<string, RingBuffer<MetricPoint>> Dimensions { get; } = new(StringComparer.Ordinal);
    }
}
