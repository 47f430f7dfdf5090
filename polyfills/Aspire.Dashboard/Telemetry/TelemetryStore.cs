using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>What arrived by OTLP, in memory, up to the limits of the options: the oldest leaves first.</summary>
internal sealed class TelemetryStore(DashboardOptions options)
{
    // Telemetry whose sender names a new instance each time must not grow without end either.
    private const int MaxResources = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string? Instance), TelemetryResource> _resources = [];
    private readonly RingBuffer<LogRecord> _logs = new(options.MaxLogCount);
    private readonly Dictionary<string, KeptTrace> _traces = [];
    private readonly Queue<string> _traceOrder = new();
    private ImmutableArray<LogRecord>? _logSnapshot;
    private ImmutableArray<Trace>? _traceSnapshot;
    private long _sequence;

    public DashboardOptions Options => options;

    public ChangeSignal Changed { get; } = new();

    public MetricStore Metrics { get; } = new(options.MaxMetricsCount);

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

    public Trace? FindTrace(string traceId)
    {
        lock (_lock)
        {
            return _traces.TryGetValue(traceId, out var kept) ? kept.Snapshot : null;
        }
    }

    /// <summary>The one object for a sender; <see langword="null"/> where there are too many senders.</summary>
    public TelemetryResource? GetOrAddResource(TelemetryResource resource)
    {
        lock (_lock)
        {
            var key = (resource.ServiceName, resource.InstanceId);
            if (!_resources.TryGetValue(key, out var known))
            {
                if (_resources.Count >= MaxResources)
                {
                    return null;
                }

                _resources[key] = known = resource;
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
                _logs.Add(record with { Sequence = ++_sequence });
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
                    MakeRoomForTrace();
                    _traces[span.TraceId] = kept = new KeptTrace(span.TraceId);
                    _traceOrder.Enqueue(span.TraceId);
                }

                refused += kept.TryAdd(span, options.MaxSpansPerTrace) ? 0 : 1;
            }

            _traceSnapshot = null;
        }

        Changed.Raise();
        return refused;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _logs.Clear();
            _traces.Clear();
            _traceOrder.Clear();
            _logSnapshot = null;
            _traceSnapshot = null;
        }

        Changed.Raise();
    }

    private void MakeRoomForTrace()
    {
        if (_traces.Count >= options.MaxTraceCount)
        {
            _traces.Remove(_traceOrder.Dequeue());
        }
    }

    private sealed class KeptTrace(string traceId)
    {
        private readonly Dictionary<string, Span> _spans = [];
        private Trace? _snapshot;

        public Trace Snapshot => _snapshot ??= new Trace(traceId, [.. _spans.Values.OrderBy(span => span.Start)]);

        public bool TryAdd(Span span, int limit)
        {
            if (_spans.Count >= limit && !_spans.ContainsKey(span.SpanId))
            {
                return false;
            }

            // A sender that got no answer sends again: the same span replaces itself.
            _spans[span.SpanId] = span;
            _snapshot = null;
            return true;
        }
    }
}
