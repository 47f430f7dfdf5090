using System.Globalization;

namespace Aspire.Dashboard.Telemetry;

/// <summary>What of an instrument is drawn.</summary>
internal enum MetricShow
{
    /// <summary>Values as they are; of a histogram three percentiles, or where it is split the 90th.</summary>
    Value,

    /// <summary>How much it rose, a second.</summary>
    Rate,

    /// <summary>The 50th percentile of each line.</summary>
    P50,

    /// <summary>The 90th percentile of each line.</summary>
    P90,

    /// <summary>The 99th percentile of each line.</summary>
    P99,
}

/// <summary>A line of a chart.</summary>
public sealed record MetricSeries(string Name, IReadOnlyList<(DateTimeOffset Time, double Value)> Points)
{
    /// <summary>Into how many steps a chart's time is divided: more could not be told apart on a screen, and cost at each export.</summary>
    public const int Steps = 240;

    /// <summary>The lines of an instrument's chart.</summary>
    /// <param name="instrument">The instrument, with the dimensions that are wanted.</param>
    /// <param name="from">The start of the chart.</param>
    /// <param name="to">Its end.</param>
    /// <param name="show">What is drawn.</param>
    /// <param name="splitBy">The attribute that makes the lines; nothing draws a line for each dimension, and of a histogram all in one.</param>
    internal static IReadOnlyList<MetricSeries> Of(
        Instrument instrument, DateTimeOffset from, DateTimeOffset to, MetricShow show = MetricShow.Value, string? splitBy = null)
    {
        var range = new ChartRange(from, to);
        var groups = instrument.Dimensions
            .GroupBy(dimension => splitBy is not null ? dimension[splitBy] ?? "(none)" : instrument.IsHistogram ? string.Empty : dimension.Name)
            .Select(group => (Name: group.Key.Length == 0 ? instrument.Key.Name : group.Key, Samples: Sampled.Sum([.. group.Select(dimension => Sampled.Of(dimension, range))])))
            .ToList();
        return (instrument.IsHistogram, show) switch
        {
            (_, MetricShow.Rate) => [.. groups.Select(group => new MetricSeries(group.Name, group.Samples.Rates(instrument.IsHistogram)))],
            (false, _) => [.. groups.Select(group => new MetricSeries(group.Name, group.Samples.Values()))],
            (true, MetricShow.Value) when splitBy is null =>
                [.. groups.SelectMany(group => new[] { 0.5, 0.9, 0.99 }.Select(quantile => new MetricSeries(Percent(quantile), group.Samples.Percentiles(quantile))))],
            _ => [.. groups.Select(group => new MetricSeries(
                splitBy is null ? Percent(Quantile(show)) : group.Name, group.Samples.Percentiles(Quantile(show))))],
        };
    }

    private static double Quantile(MetricShow show) => show switch { MetricShow.P50 => 0.5, MetricShow.P99 => 0.99, _ => 0.9 };

    private static string Percent(double quantile) => string.Create(CultureInfo.InvariantCulture, $"P{quantile * 100:0}");
}
