using System.Buffers;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>A span, a log record or a metric within its scope and resource.</summary>
/// <param name="ResourceHead">The fields of its resource other than scopes; the same array for all items of the resource.</param>
/// <param name="ScopeHead">The fields of its scope other than items; likewise.</param>
/// <param name="Message">The item.</param>
/// <param name="Count">Data points of a metric, else 1.</param>
internal sealed record OtlpItem(byte[] ResourceHead, byte[] ScopeHead, ReadOnlyMemory<byte> Message, int Count)
{
    private const int DataPoints = 1;

    // Gauge, sum, histogram, exponential histogram and summary: a metric has one of them.
    private static readonly int[] Data = [5, 7, 9, 10, 11];

    public static OtlpItem Of(byte[] resourceHead, byte[] scopeHead, ReadOnlyMemory<byte> message, bool isMetric) =>
        new(resourceHead, scopeHead, message, isMetric ? CountDataPoints(message) : 1);

    /// <summary>A metric of several data points as two of half as many; anything else as it is.</summary>
    public OtlpItem[] Halve() => Count < 2 ? [this] : [Of(..(Count / 2)), Of((Count / 2)..)];

    private OtlpItem Of(Range range)
    {
        var metric = new ArrayBufferWriter<byte>();
        foreach (var field in ProtoField.Of(Message))
        {
            if (Data.Contains(field.Number))
            {
                var data = new ArrayBufferWriter<byte>();
                var parts = ProtoField.Of(field.Value).ToLookup(part => part.Number == DataPoints);
                foreach (var part in parts[true].Take(range).Concat(parts[false]))
                {
                    data.Write(part.Whole.Span);
                }

                ProtoField.Write(metric, field.Number, data.WrittenSpan);
            }
            else
            {
                metric.Write(field.Whole.Span);
            }
        }

        return this with
        {
            Message = metric.WrittenMemory,
            Count = CountDataPoints(metric.WrittenMemory),
        };
    }

    private static int CountDataPoints(ReadOnlyMemory<byte> metric) =>
        ProtoField
            .Of(metric)
            .Where(field => Data.Contains(field.Number))
            .Sum(field => ProtoField.Of(field.Value).Count(part => part.Number == DataPoints));
}
