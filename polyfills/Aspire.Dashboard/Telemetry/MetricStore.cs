using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The points of the instruments that are kept.</summary>
internal sealed class MetricStore(DashboardOptions options)
{
    private const int MaxInstruments = 2_000;
    private const int MaxDimensions = 200;
    private const int MaxExemplars = 50;
    private const long MaxNameBytes = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<InstrumentKey, KeptInstrument> _instruments = [];
    // All points in the order in which they came: what one dimension may keep, times all dimensions, would be too much.
    private readonly Queue<(KeptDimension Dimension, int Size)> _order = new();
    private long _pointBytes, _nameBytes;

    public ImmutableArray<(InstrumentKey Key, InstrumentDescription Description)> Instruments
    {
        get
        {
            lock (_lock)
            {
                return [.. _instruments.Select(pair => (pair.Key, pair.Value.Description))];
            }
        }
    }

    public Instrument? Find(InstrumentKey key)
    {
        lock (_lock)
        {
            return _instruments.TryGetValue(key, out var kept)
                ? new Instrument(key, kept.Description,
                    [.. kept.Dimensions.Values.Select(d => new MetricDimension(d.Attributes, [.. d.Points], [.. d.Exemplars]))])
                : null;
        }
    }

    /// <summary>Returns whether there was room for it.</summary>
    /// <param name="key">The instrument.</param>
    /// <param name="description">What it says of itself.</param>
    /// <param name="attributes">The dimension, its attributes sorted.</param>
    /// <param name="point">The point.</param>
    /// <param name="isDelta">Whether it counts since the last point, and not since the start: it is kept as the sum.</param>
    /// <param name="exemplars">The measurements that came with it.</param>
    public bool TryAdd(
        InstrumentKey key,
        InstrumentDescription description,
        ImmutableArray<TelemetryAttribute> attributes,
        MetricPoint point,
        bool isDelta = false,
        IReadOnlyList<MetricExemplar>? exemplars = null)
    {
        lock (_lock)
        {
            if (Dimension(key, description, attributes) is not { } dimension)
            {
                return false;
            }

            var last = dimension.Last;
            var boundsShared = last is not null && last.Bounds.AsSpan().SequenceEqual(point.Bounds.AsSpan());
            if (boundsShared)
            {
                point = point with { Bounds = last!.Bounds };
            }

            if (isDelta && last is not null)
            {
                point = Sum(last, point, boundsShared);
            }

            if (dimension.Points.Count >= options.MaxMetricsCount)
            {
                dimension.Points.Dequeue();
            }

            var size = (int)TelemetrySize.Of(point, boundsShared);
            dimension.Add(point);
            _order.Enqueue((dimension, size));
            _pointBytes += size;
            while (_pointBytes > options.MaxMetricBytes)
            {
                var (oldest, oldestSize) = _order.Dequeue();
                _pointBytes -= oldestSize;
                // A dimension that let its oldest go by itself, or was cleared, is behind in this queue.
                if (oldest.Points.Count > 0 && --oldest.Queued < oldest.Points.Count)
                {
                    oldest.Points.Dequeue();
                }
            }

            // A sender says its last exemplars again with each export.
            foreach (var exemplar in (exemplars ?? []).Where(exemplar => !dimension.Exemplars.Contains(exemplar)))
            {
                if (dimension.Exemplars.Count == MaxExemplars)
                {
                    dimension.Exemplars.Dequeue();
                }

                dimension.Exemplars.Enqueue(exemplar);
            }

            return true;
        }
    }

    public void Clear(Func<TelemetryResource, bool> ofResource)
    {
        lock (_lock)
        {
            foreach (var (key, kept) in _instruments.Where(pair => ofResource(pair.Key.Resource)).ToList())
            {
                _instruments.Remove(key);
                foreach (var dimension in kept.Dimensions.Values)
                {
                    _nameBytes -= TelemetrySize.Of(dimension.Attributes);
                    dimension.Points.Clear();
                    dimension.Exemplars.Clear();
                }
            }

            var left = _order.Where(item => item.Dimension.Points.Count > 0).ToList();
            _order.Clear();
            _pointBytes = 0;
            foreach (var item in left)
            {
                _order.Enqueue(item);
                _pointBytes += item.Size;
            }
        }
    }

    private KeptDimension? Dimension(InstrumentKey key, InstrumentDescription description, ImmutableArray<TelemetryAttribute> attributes)
    {
        if (!_instruments.TryGetValue(key, out var kept))
        {
            if (_instruments.Count >= MaxInstruments)
            {
                return null;
            }

            _instruments[key] = kept = new KeptInstrument(description);
        }

        var name = string.Join('\u001f', attributes.Select(attribute => $"{attribute.Key}\u001e{attribute.Value}"));
        if (!kept.Dimensions.TryGetValue(name, out var dimension))
        {
            var size = TelemetrySize.Of(attributes);
            if (kept.Dimensions.Count >= MaxDimensions || _nameBytes + size > MaxNameBytes)
            {
                return null;
            }

            _nameBytes += size;
            kept.Dimensions[name] = dimension = new KeptDimension(attributes);
        }

        return dimension;
    }

    private static MetricPoint Sum(MetricPoint last, MetricPoint point, bool sameBuckets) => point with
    {
        Value = last.Value + point.Value,
        Count = unchecked(last.Count + point.Count),
        Buckets = sameBuckets && last.Buckets.Length == point.Buckets.Length
            ? [.. last.Buckets.Zip(point.Buckets, (before, more) => unchecked(before + more))]
            : point.Buckets,
    };

    private sealed record KeptInstrument(InstrumentDescription Description)
    {
        public SortedDictionary<string, KeptDimension> Dimensions { get; } = new(StringComparer.Ordinal);
    }

    private sealed class KeptDimension(ImmutableArray<TelemetryAttribute> attributes)
    {
        public ImmutableArray<TelemetryAttribute> Attributes => attributes;

        public Queue<MetricPoint> Points { get; } = new();

        public Queue<MetricExemplar> Exemplars { get; } = new();

        public MetricPoint? Last { get; private set; }

        /// <summary>How many entries of the common queue are of this dimension.</summary>
        public int Queued { get; set; }

        public void Add(MetricPoint point)
        {
            Points.Enqueue(point);
            Last = point;
            Queued++;
        }
    }
}
