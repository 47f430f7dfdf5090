using System.Buffers;

namespace Worker.Profiling;

/// <summary>
/// The KLL sketch of quantiles (Karnin, Lang, Liberty 2016, https://arxiv.org/abs/1603.05346). Values wait in levels; an item of level h
/// stands for 2^h values. A full level is sorted and either its odd or its even items, by the toss of a coin, go up. An item's rank is
/// then wrong by 2.3/k^0.94 of all at most, with 99 % confidence; until the first level is full nothing is lost at all.
/// </summary>
internal sealed class QuantileSketch
{
    private const double ShrinkPerLevel = 2.0 / 3;

    // The object, its array's head, and its place in the list.
    private const int BytesPerLevel = 72;

    private readonly int _k;
    private readonly List<Level> _levels = [];
    private readonly Level _lowest;
    private int _size;
    private int _maxSize;

    // The toss of a coin comes from a fixed seed: the same file always gives the same profile.
    private ulong _coins = 0x9E3779B97F4A7C15;

    /// <summary>Starts a sketch whose largest level has room for <paramref name="k"/> items.</summary>
    public QuantileSketch(int k)
    {
        _k = k;
        AddLevel();
        _lowest = _levels[0];
    }

    public long Count { get; private set; }

    /// <summary>The bytes of a sketch of this size after up to k × 2^<paramref name="levels"/> values.</summary>
    public static int MaxBytes(int k, int levels) => Grown(3 * k + levels * MinLevelSize(k)) * sizeof(double) + levels * BytesPerLevel;

    public void Add(double value)
    {
        Count++;
        _lowest.Append(value);
        if (++_size >= _maxSize)
            Compact();
    }

    /// <summary>Adds the values of numbers.</summary>
    public void Add(ReadOnlySpan<FieldValue> values)
    {
        while (!values.IsEmpty)
        {
            var fitting = Math.Min(values.Length, Math.Max(1, _maxSize - _size));
            _lowest.Append(values[..fitting]);
            Count += fitting;
            _size += fitting;
            if (_size >= _maxSize)
                Compact();
            values = values[fitting..];
        }
    }

    /// <summary>For each fraction, ascending, the least value that at least so much of the whole does not exceed.</summary>
    public double[] At(ReadOnlySpan<double> fractions)
    {
        var values = new List<(double Value, long Weight)>(_size);
        for (var h = 0; h < _levels.Count; h++)
        {
            foreach (var value in _levels[h].Items)
                values.Add((value, 1L << h));
        }
        values.Sort((a, b) => a.Value.CompareTo(b.Value));

        var result = new double[fractions.Length];
        var at = 0;
        var seen = values[0].Weight;
        for (var i = 0; i < fractions.Length; i++)
        {
            var rank = Math.Ceiling(fractions[i] * Count);
            while (seen < rank && at < values.Count - 1)
                seen += values[++at].Weight;
            result[i] = values[at].Value;
        }
        return result;
    }

    private void Compact()
    {
        for (var h = 0; h < _levels.Count; h++)
        {
            if (_levels[h].Count < _levels[h].Capacity)
                continue;
            if (h == _levels.Count - 1)
                AddLevel();
            var before = _levels[h].Count + _levels[h + 1].Count;
            if (h == 0)
                _lowest.Sort();
            _levels[h].PromoteHalfTo(_levels[h + 1], TossCoin());
            _size -= before - _levels[h].Count - _levels[h + 1].Count;
            return;
        }
    }

    /// <summary>Adds a level on top: it has room for k items, and each below it for two thirds of the one above.</summary>
    private void AddLevel()
    {
        _levels.Add(new Level());
        _maxSize = 0;
        double capacity = _k;
        for (var h = _levels.Count - 1; h >= 0; h--)
        {
            _levels[h].Capacity = Math.Max(MinLevelSize(_k), (int)Math.Ceiling(capacity));
            _maxSize += _levels[h].Capacity;
            capacity *= ShrinkPerLevel;
        }
    }

    /// <summary>Low levels weigh next to nothing; a few items more in them save sorting them all the time.</summary>
    private static int MinLevelSize(int k) => Math.Clamp(k / 16, 4, 64);

    private static int Grown(int length) => length * 3 / 2;

    private int TossCoin()
    {
        // xorshift64 (Marsaglia 2003)
        _coins ^= _coins << 13;
        _coins ^= _coins >> 7;
        _coins ^= _coins << 17;
        return (int)(_coins >> 63);
    }

    /// <summary>The items of one weight; sorted, except in the lowest level.</summary>
    private sealed class Level
    {
        private double[] _items = [];

        public int Capacity { get; set; }

        public int Count { get; private set; }

        public ReadOnlySpan<double> Items => _items.AsSpan(0, Count);

        public void Append(double value)
        {
            if (Count == _items.Length)
                Array.Resize(ref _items, Math.Max(8, Grown(Count)));
            _items[Count++] = value;
        }

        public void Append(ReadOnlySpan<FieldValue> values)
        {
            while (_items.Length - Count < values.Length)
                Array.Resize(ref _items, Math.Max(8, Grown(_items.Length)));
            var added = _items.AsSpan(Count, values.Length);
            for (var i = 0; i < added.Length; i++)
                added[i] = values[i].Number;
            Count += values.Length;
        }

        public void Sort()
        {
            var scratch = ArrayPool<double>.Shared.Rent(Count);
            DoubleSort.Sort(_items.AsSpan(0, Count), scratch);
            ArrayPool<double>.Shared.Return(scratch);
        }

        /// <summary>Moves every other item up, from the first or the second; of an odd number the last stays.</summary>
        public void PromoteHalfTo(Level above, int first)
        {
            var promoted = Count / 2;
            var length = above.Count + promoted;
            if (length > above._items.Length)
                Array.Resize(ref above._items, Math.Max(length, Grown(above._items.Length)));

            var sorted = ArrayPool<double>.Shared.Rent(length);
            above.Items.CopyTo(sorted);
            for (var i = 0; i < promoted; i++)
                sorted[above.Count + i] = _items[first + 2 * i];
            DoubleSort.Merge(sorted, above._items, 0, above.Count, length);
            ArrayPool<double>.Shared.Return(sorted);
            above.Count = length;
            if (Count % 2 == 1)
                _items[0] = _items[Count - 1];
            Count %= 2;
        }
    }
}
