using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
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
    // Enough that the processor has fetched what the first of them needs when the last is hashed.
    private const int Together = 32;

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
    // By itself: within what deals the fields out its loops would have too few registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(RecordBlock block, int first, int end, int step)
    {
        var hashes = new Hashes();
        var numbers = new Numbers();
        for (; first < end; first += Together * step)
        {
            var fields = block.Fields.AsSpan(first, Math.Min(Together * step, end - first));
            // Of many different values the processor would wait for each one's place in memory: here it fetches those of many at once.
            if (_distinct.IsExact)
                Hash(block, fields, step, hashes);
            else
                Fetch(block, fields, step, hashes);
            var count = 0;
            var numberCount = 0;
            for (var i = 0; i < fields.Length; i += step, count++)
            {
                if (fields[i].Length != 0 && TryAdd(hashes[count], block, fields[i], out numbers[numberCount]))
                    numberCount++;
            }
            AddNumbers(((ReadOnlySpan<FieldValue>)numbers)[..numberCount]);
        }
    }

    /// <summary>Adds one of a block's fields.</summary>
    public void Add(RecordBlock block, Field field)
    {
        if (field.Length != 0 && TryAdd(HashOf(block, field), block, field, out var number))
            AddNumbers(new ReadOnlySpan<FieldValue>(in number));
    }

    private static void Hash(RecordBlock block, ReadOnlySpan<Field> fields, int step, Span<ulong> hashes)
    {
        var count = 0;
        for (var i = 0; i < fields.Length; i += step, count++)
        {
            if (fields[i].Length != 0)
                hashes[count] = HashOf(block, fields[i]);
        }
    }

    // What is read and used for nothing would not be read.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Fetch(RecordBlock block, ReadOnlySpan<Field> fields, int step, Span<ulong> hashes)
    {
        var fetched = 0u;
        var count = 0;
        for (var i = 0; i < fields.Length; i += step, count++)
        {
            if (fields[i].Length == 0)
                continue;
            var hash = hashes[count] = HashOf(block, fields[i]);
            fetched += _frequent.Fetch(hash) + _distinct.Fetch(hash);
        }
        return fetched;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOf(RecordBlock block, Field field) =>
        field.Length == Field.Long ? block.LongFields[field.Start].Hash : XxHash3.HashToUInt64(TextOf(block, field));

    // UTF-8; of a long one its beginning.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> TextOf(RecordBlock block, Field field)
    {
        if (field.Length == Field.Long)
            return block.LongFields[field.Start].Beginning;
        return block.IsUtf8 ? block[field] : Repaired(block[field]);
    }

    // Says whether it is a number of a column of numbers.
    private bool TryAdd(ulong hash, RecordBlock block, Field field, out FieldValue value)
    {
        _count++;
        // What has a counter has been here before: it is counted as distinct, ordered and understood already.
        if (!_frequent.TryCount(hash, out var counter))
            AddUncounted(hash, TextOf(block, field), out value);
        else if (_quantiles is not null)
            value = _frequent.ValueOf(counter);
        else
            Unsafe.SkipInit(out value);
        return _quantiles is not null;
    }

    private void AddUncounted(ulong hash, ReadOnlySpan<byte> field, out FieldValue value)
    {
        _distinct.Add(hash);
        // What texts mean besides is not asked.
        if (_type is ColumnType.Text)
            value = FieldValue.Text;
        else
            FieldValue.Parse(field, out value);
        if (value.Type != _type && Wider(_type, value.Type) is var type && type != _type)
            ChangeTo(type);

        var kept = Utf8Text.Cut(field, SketchSizes.ValueCharacters, sizes.TextBytes);
        _texts.AddText(kept);
        // Never longer than what is kept whole.
        _typed?.AddTyped(value, field);
        _frequent.Add(hash, kept, value);
    }

    // A column that has become one of texts since has no use for them. By itself as well, for the same reason.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddNumbers(ReadOnlySpan<FieldValue> numbers)
    {
        if (_quantiles is null)
            return;
        _quantiles.Add(numbers);
        _moments.Add(numbers);
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
    private static ColumnType Wider(ColumnType left, ColumnType right) =>
        (left, right) switch
        {
            _ when left == right => left,
            (ColumnType.Empty, _) => right,
            (ColumnType.Integer, ColumnType.Number) or (ColumnType.Number, ColumnType.Integer) => ColumnType.Number,
            _ => ColumnType.Text,
        };

    // Not by stackalloc, for then the compiler would not optimise what uses them by how it is used.
    [InlineArray(Together)]
    private struct Hashes
    {
        private ulong _first;
    }

    [InlineArray(Together)]
    private struct Numbers
    {
        private FieldValue _first;
    }
}
