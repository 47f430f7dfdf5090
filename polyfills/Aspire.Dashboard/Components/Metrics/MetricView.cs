using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Components.Metrics;

/// <summary>A chart's lines, its time, the range of its values, and the exemplars in it.</summary>
public sealed record MetricView(
    Instrument Instrument,
    string Unit,
    IReadOnlyList<MetricSeries> Series,
    int LeftOut,
    IReadOnlyList<MetricExemplar> Exemplars,
    DateTimeOffset From,
    DateTimeOffset To,
    double Low,
    double High,
    double Step)
{
    // More lines than this are not told apart; the legend of a chart is no table.
    private const int MaxSeries = 16;
    private const int Lines = 5;

    /// <summary>What to draw of an instrument's last <paramref name="range"/>.</summary>
    internal static MetricView Of(Instrument instrument, DateTimeOffset now, TimeSpan range, MetricShow show, string? splitBy)
    {
        var from = now - range;
        var all = MetricSeries.Of(instrument, from, now, show, splitBy).Where(series => series.Points.Count > 0).ToList();
        var series = all.Take(MaxSeries).ToList();
        MetricExemplar[] exemplars = show == MetricShow.Rate || !instrument.IsHistogram
            ? []
            : [.. instrument.Dimensions.SelectMany(dimension => dimension.Exemplars).Where(exemplar => exemplar.Timestamp >= from && exemplar.Timestamp <= now)
                .OrderByDescending(exemplar => exemplar.Timestamp)];
        var values = series.SelectMany(line => line.Points).Select(point => point.Value).Concat(exemplars.Select(exemplar => exemplar.Value))
            .Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high, step) = Nice(Math.Min(0, values.Min()), values.Max());
        var unit = show != MetricShow.Rate ? instrument.Description.Unit : instrument.IsHistogram ? "/s" : instrument.Description.Unit + "/s";
        return new MetricView(instrument, unit, series, all.Count - series.Count, exemplars, from, now, low, high, step);
    }

    /// <summary>Bounds and a step that read well: 1, 2 or 5 times a power of ten.</summary>
    private static (double Low, double High, double Step) Nice(double low, double high)
    {
        var span = high - low;
        if (!double.IsFinite(span) || span <= 0)
        {
            return (low, low + 1, 0.25);
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(span / Lines)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(candidate => span / candidate <= Lines);
        return (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }
}
