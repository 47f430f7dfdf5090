using System.Buffers;
using System.IO.Hashing;
using System.Text.Unicode;
using Profiles;
using Worker.Profiling.Records;

namespace Worker.Profiling;

/// <summary>
/// Profiles one column. Its type is only known at the end, so what any type may need is kept as long as that type is possible: the order
/// of texts always, numbers and times until a value comes that is neither.
/// </summary>
internal sealed class ColumnProfiler(string name, SketchSizes sizes)
{
    private static readonly double[] _fractions = [0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99];

    private readonly DistinctCounter _distinct = new(sizes.DistinctSlots, sizes.DistinctPrecision);
    private readonly FrequentValues _frequent = new(sizes.FrequentCounters, sizes.FrequentValueBytes);
    private readonly Extremes _texts = new();

    // By number or by time; null while there is no value, and again once the column is boolean or text.
    private Extremes? _typed;
    private QuantileSketch? _quantiles;
    private Moments _moments;
    private ColumnType _type = ColumnType.Empty;
    private long _count;

    /// <summary>Adds every so many of a block's fields; the empty ones are null.</summary>
    public void Add(RecordBlock block, int first, int end, int step)
    {
        for (var i = first; i < end; i += step)
        {
            var field = block.Fields[i];
            if (field.Length > 0)
                Add(block.IsUtf8 ? block[field] : Repaired(block[field]));
            else if (field.Length == Field.Long)
                Add(block.LongFields[field.Start]);
        }
    }

    // UTF-8 and not empty.
    private void Add(ReadOnlySpan<byte> field)
    {
        _count++;
        var hash = XxHash3.HashToUInt64(field);
        // What has a counter has been here before: it is counted as distinct, ordered and understood already.
        if (!_frequent.TryCount(hash, out var counter))
            AddUncounted(hash, field);
        else if (_quantiles is not null)
            AddNumber(_frequent.ValueOf(counter));
    }

    private void Add(LongField field)
    {
        _count++;
        if (!_frequent.TryCount(field.Hash, out _))
            AddUncounted(field.Hash, field.Beginning);
    }

    private void AddUncounted(ulong hash, ReadOnlySpan<byte> field)
    {
        var value = FieldValue.Parse(field);
        var type = Wider(_type, value.Type);
        if (type != _type)
            ChangeTo(type);

        var kept = Utf8Text.Cut(field, SketchSizes.ValueCharacters, sizes.TextBytes);
        _distinct.Add(hash);
        _texts.AddText(kept);
        // Never longer than what is kept whole.
        _typed?.Add(value, field);
        _frequent.Add(hash, kept, value);
        if (_quantiles is not null)
            AddNumber(value);
    }

    private void AddNumber(in FieldValue value)
    {
        _quantiles!.Add(value.Number);
        _moments.Add(value);
    }

    private static ReadOnlySpan<byte> Repaired(ReadOnlySpan<byte> field)
    {
        if (Utf8.IsValid(field))
            return field;
        var repaired = new ArrayBufferWriter<byte>(field.Length + 2);
        Utf8Text.Repair(field, repaired);
        return repaired.WrittenSpan;
    }

    /// <summary>The profile of the column in a file of so many rows.</summary>
    public ColumnProfile Finish(long rows, int frequentValues)
    {
        var order = _typed ?? _texts;
        return new ColumnProfile
        {
            Name = name,
            Type = _type,
            Count = _count,
            Nulls = rows - _count,
            Min = order.Min,
            Max = order.Max,
            Mean = _quantiles is null ? null : _moments.Mean,
            StandardDeviation = _quantiles is null ? null : _moments.StandardDeviation,
            Quantiles = _quantiles?.At(_fractions) is [var p01, var p05, var p25, var p50, var p75, var p95, var p99]
                ? new Quantiles(p01, p05, p25, p50, p75, p95, p99)
                : null,
            // Where an estimate exceeds the values that there are, these are the better estimate.
            Distinct = Math.Min(_distinct.Count, _count),
            DistinctIsExact = _distinct.IsExact,
            MostFrequent = _frequent.Top(frequentValues),
        };
    }

    private void ChangeTo(ColumnType type)
    {
        _type = type;
        if (type is ColumnType.Boolean or ColumnType.Text)
        {
            _typed = null;
            _quantiles = null;
        }
        else
        {
            _typed ??= new Extremes();
            if (type is ColumnType.Integer or ColumnType.Number)
                _quantiles ??= new QuantileSketch(sizes.QuantileItems);
        }
    }

    /// <summary>The narrowest type that has the values of both.</summary>
    private static ColumnType Wider(ColumnType left, ColumnType right) => (left, right) switch
    {
        _ when left == right => left,
        (ColumnType.Empty, _) => right,
        (ColumnType.Integer, ColumnType.Number) or (ColumnType.Number, ColumnType.Integer) => ColumnType.Number,
        _ => ColumnType.Text,
    };
}
