namespace Aspire.Dashboard.Telemetry;

/// <summary>A line of a chart.</summary>
internal sealed record MetricSeries(string Name, IReadOnlyList<(DateTimeOffset Time, double Value)> Points)
{
    /// <summary>
    /// What an instrument's chart shows: values as they are, a histogram as its 50th, 90th and 99th percentile between one
    /// export and the next, over all its dimensions' buckets.
    /// </summary>
    public static IReadOnlyList<MetricSeries> Of(Instrument instrument, DateTimeOffset since) =>
        instrument.Dimensions.Any(d => d.Points.Any(point => point.Buckets.Length > 0))
            ? [.. new[] { 0.5, 0.9, 0.99 }.Select(quantile => new MetricSeries($"P{quantile * 100:0}", [.. Percentiles(instrument, quantile, since)]))]
            : [.. instrument.Dimensions.Select(d => new MetricSeries(
                d.Attributes.Length == 0 ? instrument.Key.Name : d.Attributes,
                [.. d.Points.Where(point => point.Timestamp >= since).Select(point => (point.Timestamp, point.Value))]))];

    private static IEnumerable<(DateTimeOffset Time, double Value)> Percentiles(Instrument instrument, double quantile, DateTimeOffset since)
    {
        var increases = instrument.Dimensions
            .SelectMany(dimension => dimension.Points.Select((point, i) => (Point: point, Before: i == 0 ? null : dimension.Points[i - 1])))
            .Where(pair => pair.Point.Timestamp >= since && pair.Point.Buckets.Length == pair.Point.Bounds.Length + 1);
        foreach (var moment in increases.GroupBy(pair => pair.Point.Timestamp).OrderBy(group => group.Key))
        {
            var bounds = moment.First().Point.Bounds;
            var counts = new double[bounds.Length + 1];
            foreach (var (point, before) in moment.Where(pair => pair.Point.Bounds.Length == bounds.Length))
            {
                // A counter that went down was started again: all of it is new.
                var same = before is not null && before.Buckets.Length == counts.Length && before.Count <= point.Count;
                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] += point.Buckets[i] - (same ? Math.Min(before!.Buckets[i], point.Buckets[i]) : 0);
                }
            }

            if (counts.Sum() > 0)
            {
                yield return (moment.Key, Interpolate(counts, bounds, quantile));
            }
        }
    }

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
