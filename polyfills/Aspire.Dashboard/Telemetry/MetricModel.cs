using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Which instrument of which sender.</summary>
public sealed record InstrumentKey(TelemetryResource Resource, string Meter, string Name);

/// <summary>What an instrument says of itself.</summary>
/// <param name="Kind"><c>Gauge</c>, <c>Sum</c>, <c>Histogram</c>, <c>ExponentialHistogram</c> or <c>Summary</c>.</param>
/// <param name="Unit">UCUM, such as <c>s</c> or <c>By</c>.</param>
/// <param name="Description">A line for people.</param>
/// <param name="IsMonotonic">Whether it only ever rises, so that its rate says something.</param>
public sealed record InstrumentDescription(string Kind, string Unit, string Description, bool IsMonotonic);

/// <summary>A value at a moment; of a histogram the number, the sum and the buckets so far.</summary>
public sealed record MetricPoint(DateTimeOffset Timestamp, double Value, ulong Count, ImmutableArray<ulong> Buckets, ImmutableArray<double> Bounds);

/// <summary>One measurement and the span it was made in.</summary>
public sealed record MetricExemplar(DateTimeOffset Timestamp, double Value, string TraceId, string SpanId);

/// <summary>One set of attributes of an instrument and its points and exemplars, oldest first.</summary>
public sealed record MetricDimension(ImmutableArray<TelemetryAttribute> Attributes, ImmutableArray<MetricPoint> Points, ImmutableArray<MetricExemplar> Exemplars)
{
    /// <summary>The attributes as text.</summary>
    public string Name { get; } = string.Join(", ", Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"));

    /// <summary>The value of an attribute; nothing where the dimension lacks it.</summary>
    public string? this[string key] => Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value;
}

/// <summary>An instrument as it is at one moment.</summary>
public sealed record Instrument(InstrumentKey Key, InstrumentDescription Description, ImmutableArray<MetricDimension> Dimensions)
{
    /// <summary>Whether it has buckets to make percentiles of.</summary>
    public bool IsHistogram => Description.Kind == "Histogram";
}
