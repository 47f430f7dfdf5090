using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>What arrived by OTLP, in memory, up to the limits of the options: the oldest leaves first.</summary>
internal sealed class TelemetryStore(DashboardOptions options)
{
    // Telemetry whose sender names a new instance each time must not grow without end either.
    private const int MaxResources = 1_000;
    private const long MaxResourceBytes = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string? Instance), TelemetryResource> _resources = [];
    private readonly Queue<LogRecord> _logs = new();
    private readonly Dictionary<string, KeptTrace> _traces = [];
    private readonly LinkedList<KeptTrace> _traceOrder = new();
    private ImmutableArray<LogRecord>? _logSnapshot;
    private ImmutableArray<Trace>? _traceSnapshot;
    private long _sequence, _resourceBytes, _logBytes, _spanBytes;
    private int _spanCount;

    public DashboardOptions Options => options;

    public ChangeSignal Changed { get; } = new();

    public MetricStore Metrics { get; } = new(options);

    public ImmutableArray<TelemetryResource> Resources
    {
        get
        {
            lock (_lock)
            {
                return [.. _resources.Values.OrderBy(resource => resource.ServiceName, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The records that are kept, oldest first.</summary>
    public ImmutableArray<LogRecord> Logs
    {
        get
        {
            lock (_lock)
            {
                return _logSnapshot ??= [.. _logs];
            }
        }
    }

    /// <summary>The traces that are kept, newest first.</summary>
    public ImmutableArray<Trace> Traces
    {
        get
        {
            lock (_lock)
            {
                return _traceSnapshot ??= [.. _traces.Values.Select(kept => kept.Snapshot).OrderByDescending(trace => trace.Start)];
            }
        }
    }

    public int SpanCount
    {
        get
        {
            lock (_lock)
            {
                return _spanCount;
            }
        }
    }

    public Trace? FindTrace(string traceId)
    {
        lock (_lock)
        {
            return _traces.TryGetValue(traceId, out var kept) ? kept.Snapshot : null;
        }
    }

    public Span? FindSpan(string traceId, string spanId)
    {
        lock (_lock)
        {
            return _traces.TryGetValue(traceId, out var kept) ? kept.Find(spanId) : null;
        }
    }

    /// <summary>The spans, of any trace, that say by a link that they have to do with this one.</summary>
    public ImmutableArray<Span> LinkedFrom(Span span) =>
        [.. Traces.SelectMany(trace => trace.Spans).Where(other => other.Links.Any(link => link.SpanId == span.SpanId && link.TraceId == span.TraceId))];

    /// <summary>The one object for a sender; <see langword="null"/> where there are too many senders.</summary>
    public TelemetryResource? GetOrAddResource(TelemetryResource resource)
    {
        lock (_lock)
        {
            var key = (resource.ServiceName, resource.InstanceId);
            if (!_resources.TryGetValue(key, out var known))
            {
                var size = TelemetrySize.Of(resource);
                if (_resources.Count >= MaxResources || _resourceBytes + size > MaxResourceBytes)
                {
                    return null;
                }

                _resources[key] = known = resource;
                _resourceBytes += size;
            }

            return known;
        }
    }

    public void AddLogs(IEnumerable<LogRecord> records)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                _logs.Enqueue(record with { Sequence = ++_sequence });
                _logBytes += TelemetrySize.Of(record);
                while (_logs.Count > options.MaxLogCount || (_logBytes > options.MaxLogBytes && _logs.Count > 1))
                {
                    _logBytes -= TelemetrySize.Of(_logs.Dequeue());
                }
            }

            _logSnapshot = null;
        }

        Changed.Raise();
    }

    /// <summary>Returns how many of the spans found no place, because their trace is full.</summary>
    public int AddSpans(IEnumerable<Span> spans)
    {
        var refused = 0;
        lock (_lock)
        {
            foreach (var span in spans)
            {
                if (!_traces.TryGetValue(span.TraceId, out var kept))
                {
                    _traces[span.TraceId] = kept = new KeptTrace(span.TraceId);
                    _traceOrder.AddLast(kept.Place);
                }

                var (count, bytes) = (kept.Count, kept.Bytes);
                refused += kept.TryAdd(span, options.MaxSpansPerTrace) ? 0 : 1;
                _spanCount += kept.Count - count;
                _spanBytes += kept.Bytes - bytes;
                MakeRoom(kept);
            }

            _traceSnapshot = null;
        }

        Changed.Raise();
        return refused;
    }

    /// <summary>Forgets what these senders sent: their logs, their spans, their points, and the senders.</summary>
    public void Clear(Func<TelemetryResource, bool> ofResource)
    {
        ClearLogs(ofResource);
        ClearTraces(ofResource);
        Metrics.Clear(ofResource);
        lock (_lock)
        {
            foreach (var (key, resource) in _resources.Where(pair => ofResource(pair.Value)).ToList())
            {
                _resources.Remove(key);
                _resourceBytes -= TelemetrySize.Of(resource);
            }
        }

        Changed.Raise();
    }

    public void ClearLogs(Func<TelemetryResource, bool> ofResource)
    {
        lock (_lock)
        {
            var kept = _logs.Where(log => !ofResource(log.Resource)).ToList();
            _logs.Clear();
            _logBytes = 0;
            foreach (var log in kept)
            {
                _logs.Enqueue(log);
                _logBytes += TelemetrySize.Of(log);
            }

            _logSnapshot = null;
        }

        Changed.Raise();
    }

    /// <summary>Forgets each trace that these senders have a span in: half a trace says something wrong.</summary>
    public void ClearTraces(Func<TelemetryResource, bool> ofResource)
    {
        lock (_lock)
        {
            foreach (var kept in _traces.Values.Where(kept => kept.Snapshot.Spans.Any(span => ofResource(span.Resource))).ToList())
            {
                Remove(kept);
            }

            _traceSnapshot = null;
        }

        Changed.Raise();
    }

    private void MakeRoom(KeptTrace latest)
    {
        while (_traces.Count > options.MaxTraceCount
            || ((_spanCount > options.MaxSpanCount || _spanBytes > options.MaxSpanBytes) && _traces.Count > 1))
        {
            var oldest = _traceOrder.First!.Value;
            if (oldest == latest)
            {
                // What grows is not what leaves.
                _traceOrder.Remove(oldest.Place);
                _traceOrder.AddLast(oldest.Place);
                continue;
            }

            Remove(oldest);
        }
    }

    private void Remove(KeptTrace kept)
    {
        _traces.Remove(kept.TraceId);
        _traceOrder.Remove(kept.Place);
        _spanCount -= kept.Count;
        _spanBytes -= kept.Bytes;
    }

    private sealed class KeptTrace
    {
        private readonly Dictionary<string, Span> _spans = [];
        private Trace? _snapshot;

        public KeptTrace(string traceId) => (TraceId, Place) = (traceId, new LinkedListNode<KeptTrace>(this));

        public string TraceId { get; }

        public LinkedListNode<KeptTrace> Place { get; }

        public int Count => _spans.Count;

        public long Bytes { get; private set; }

        public Trace Snapshot => _snapshot ??= new Trace(TraceId, [.. _spans.Values.OrderBy(span => span.Start)]);

        public Span? Find(string spanId) => _spans.GetValueOrDefault(spanId);

        public bool TryAdd(Span span, int limit)
        {
            _spans.TryGetValue(span.SpanId, out var before);
            if (before is null && _spans.Count >= limit)
            {
                return false;
            }

            // A sender that got no answer sends again: the same span replaces itself.
            _spans[span.SpanId] = span;
            Bytes += TelemetrySize.Of(span) - (before is null ? 0 : TelemetrySize.Of(before));
            _snapshot = null;
            return true;
        }
    }
}
