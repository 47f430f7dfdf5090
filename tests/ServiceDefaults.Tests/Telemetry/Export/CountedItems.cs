using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ServiceDefaults.Tests.Telemetry.Export;

/// <summary>The counts of a metric, by its <c>error.type</c>.</summary>
internal sealed class CountedItems : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly MeterListener _listener = new();

    /// <param name="metric">Its name.</param>
    /// <param name="endpoint">Where exports of whose items are counted; null counts all.</param>
    public CountedItems(string metric, string? endpoint = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == metric)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                var values = tags.ToArray().ToDictionary();
                if (endpoint is null || Equals(values.GetValueOrDefault("server.port"), new Uri(endpoint).Port))
                {
                    _counts.AddOrUpdate((string?)values.GetValueOrDefault("error.type") ?? "", count, (_, before) => before + count);
                }
            }
        );
        _listener.Start();
    }

    public long this[string errorType] => _counts.GetValueOrDefault(errorType);

    public override string ToString() => string.Join(", ", _counts.Select(count => $"{count.Value} {count.Key}"));

    public long Total => _counts.Values.Sum();

    public void Dispose() => _listener.Dispose();
}
