namespace Aspire.Dashboard.Telemetry;

/// <summary>The time of a chart, in steps.</summary>
internal readonly record struct ChartRange(DateTimeOffset From, DateTimeOffset To)
{
    private TimeSpan Step => (To - From) / MetricSeries.Steps;

    /// <summary>The step that a moment is in; -1 before the chart.</summary>
    public int IndexOf(DateTimeOffset time) =>
        time < From ? -1 : (int)Math.Min(MetricSeries.Steps, Math.Ceiling((time - From) / Step));

    public DateTimeOffset TimeOf(int index) => From + Step * index;
}

/// <summary>The last point of each step, and the one before the chart: what a line is drawn of.</summary>
internal sealed class Sampled
{
    private readonly MetricPoint?[] _points = new MetricPoint?[MetricSeries.Steps + 1];
    private readonly DateTimeOffset[] _times = new DateTimeOffset[MetricSeries.Steps + 1];
    private MetricPoint? _before;

    public static Sampled Of(MetricDimension dimension, ChartRange range)
    {
        var sampled = new Sampled();
        foreach (var point in dimension.Points)
        {
            var index = range.IndexOf(point.Timestamp);
            if (index < 0)
            {
                sampled._before = point;
            }
            else
            {
                sampled._points[index] = point;
                sampled._times[index] = point.Timestamp;
            }
        }

        return sampled;
    }

    /// <summary>Several as one. One that is silent for a step counts with what it said last.</summary>
    public static Sampled Sum(IReadOnlyList<Sampled> parts)
    {
        if (parts is [var single])
        {
            return single;
        }

        var sum = new Sampled { _before = parts.Any(part => part._before is not null) ? Add(parts.Select(part => part._before)) : null };
        var latest = parts.Select(part => part._before).ToArray();
        for (var i = 0; i <= MetricSeries.Steps; i++)
        {
            var spoke = false;
            for (var j = 0; j < parts.Count; j++)
            {
                if (parts[j]._points[i] is { } point)
                {
                    latest[j] = point;
                    spoke = true;
                    sum._times[i] = parts[j]._times[i] > sum._times[i] ? parts[j]._times[i] : sum._times[i];
                }
            }

            sum._points[i] = spoke ? Add(latest) : null;
        }

        return sum;
    }

    public List<(DateTimeOffset Time, double Value)> Values() =>
        [.. Present().Where(sample => double.IsFinite(sample.Point.Value)).Select(sample => (sample.Time, sample.Point.Value))];

    /// <summary>The rise since the step before, a second.</summary>
    public List<(DateTimeOffset Time, double Value)> Rates(bool ofCount)
    {
        var rates = new List<(DateTimeOffset, double)>();
        var last = _before;
        foreach (var (time, point) in Present())
        {
            if (last is not null && point.Timestamp > last.Timestamp)
            {
                var (now, then) = ofCount ? (point.Count, last.Count) : (point.Value, last.Value);
                // A counter that went down was started again: all of it is new.
                rates.Add((time, (now < then ? now : now - then) / (point.Timestamp - last.Timestamp).TotalSeconds));
            }

            last = point;
        }

        return rates;
    }

    /// <summary>A percentile of what was measured since the step before.</summary>
    public List<(DateTimeOffset Time, double Value)> Percentiles(double quantile)
    {
        var values = new List<(DateTimeOffset, double)>();
        var last = _before;
        foreach (var (time, point) in Present().Where(sample => sample.Point.Buckets.Length == sample.Point.Bounds.Length + 1))
        {
            var same = last is not null && last.Buckets.Length == point.Buckets.Length && last.Count <= point.Count;
            var counts = new double[point.Buckets.Length];
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] = point.Buckets[i] - (same ? Math.Min(last!.Buckets[i], point.Buckets[i]) : 0);
            }

            if (counts.Sum() > 0)
            {
                values.Add((time, Interpolate(counts, point.Bounds, quantile)));
            }

            last = point;
        }

        return values;
    }

    private IEnumerable<(DateTimeOffset Time, MetricPoint Point)> Present() =>
        from i in Enumerable.Range(0, _points.Length)
        where _points[i] is not null
        select (_times[i], _points[i]!);

    private static MetricPoint Add(IEnumerable<MetricPoint?> points) => points.OfType<MetricPoint>().Aggregate((a, b) => new MetricPoint(
        a.Timestamp > b.Timestamp ? a.Timestamp : b.Timestamp,
        a.Value + b.Value,
        unchecked(a.Count + b.Count),
        a.Buckets.Length == b.Buckets.Length ? [.. a.Buckets.Zip(b.Buckets, (x, y) => unchecked(x + y))] : a.Buckets,
        a.Bounds));

    private static double Interpolate(double[] counts, IReadOnlyList<double> bounds, double quantile)
    {
        var rank = quantile * counts.Sum();
        var below = 0d;
        for (var i = 0; i < bounds.Count; i++)
        {
            if (below + counts[i] >= rank && counts[i] > 0)
            {
                var lower = i == 0 ? Math.Min(0, bounds[0]) : bounds[i - 1];
                return lower + (bounds[i] - lower) * (rank - below) / counts[i];
            }

            below += counts[i];
        }

        // The last bucket has no upper bound: its lower one is all that is known.
        return bounds.Count == 0 ? 0 : bounds[^1];
    }
}
