using System.Numerics;
using System.Text;
using Profiles;

namespace Worker.Profiling;

/// <summary>
/// Filtered Space-Saving (Homem, Carvalho 2010): so many values have a counter; all others share, by their hash, cells that say how often
/// any of them came. A value gets the counter of the rarest one as soon as its cell reaches that count, and what the cell had counted
/// before is its error. A counter without error is exact, and all are while there are counters for all values. Values are told apart by
/// their 64-bit hashes.
/// </summary>
internal sealed class FrequentValues(int maxCounters, int maxValueBytes)
{
    private const int FirstCounters = 4;
    private const int CellsPerCounter = 8;
    private const int SlotsPerCounter = 4;

    // Enough for the counters of any size.
    private const int CounterMask = 0x3FF;

    // The counters, in parallel arrays so that a look-up and the search for the rarest touch little memory.
    private ulong[] _hashes = new ulong[FirstCounters];
    private long[] _counts = new long[FirstCounters];
    private Monitored[] _monitored = new Monitored[FirstCounters];
    private int _used;

    // An open-addressing index of the counters by hash: the counter's number plus one, beside it some of the hash's bits so that a look at
    // the hash itself is seldom in vain; zero where free, as most are, so that what has no counter is told at the first look.
    private ushort[] _slots = new ushort[FirstCounters * SlotsPerCounter];

    private uint[]? _cells;
    private long _rarest;
    private int _rarestFrom;

    /// <summary>The memory of one counter with its share of index and cells, without the bytes of its value.</summary>
    public static int BytesPerCounter =>
        sizeof(ulong)
        + sizeof(long)
        + PlannedForMonitored
        + 2 * SlotsPerCounter * sizeof(ushort)
        + CellsPerCounter * sizeof(uint)
        + ArrayOverhead;

    private const int ArrayOverhead = 24;

    // It has 48. Another plan would be other sketches, and other estimates, for files of some widths.
    private const int PlannedForMonitored = 56;

    /// <summary>Reads what a value will need: asked for many at once, the processor waits for all of it together.</summary>
    /// <returns>Of no meaning; but what nobody uses is not read.</returns>
    public uint Fetch(ulong hash) => _slots[(int)hash & (_slots.Length - 1)] + (_cells is null ? 0 : Cell(hash));

    /// <summary>Counts a value that has a counter, and says which.</summary>
    public bool TryCount(ulong hash, out int counter)
    {
        counter = CounterIn(_slots[FindSlot(hash)]);
        if (counter < 0)
            return false;
        _counts[counter]++;
        return true;
    }

    /// <summary>What the value of a counter means.</summary>
    public ref readonly FieldValue ValueOf(int counter) => ref _monitored[counter].Value;

    /// <summary>Counts a value that has no counter, and may give it one.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> field, in FieldValue value)
    {
        if (_used < maxCounters)
        {
            if (_used == _counts.Length)
                Grow();
            Monitor(_used++, hash, field, value, count: 1, error: 0);
            return;
        }

        _cells ??= new uint[BitOperations.RoundUpToPowerOf2((uint)(maxCounters * CellsPerCounter))];
        ref var cell = ref Cell(hash);
        if (cell + 1L < _rarest || !TryFindRarest(cell + 1L, out var rarest))
        {
            cell++;
            return;
        }
        Cell(_hashes[rarest]) = (uint)_counts[rarest];
        Release(_hashes[rarest]);
        // Both may share the cell, which then holds the larger count.
        var error = cell;
        Monitor(rarest, hash, field, value, error + 1L, error);
    }

    /// <summary>
    /// The most frequent values, those alone that certainly occur more often than any that is not listed here for want of a counter: a
    /// column whose values hardly repeat has none.
    /// </summary>
    public IReadOnlyList<FrequentValue> Top(int count)
    {
        var threshold = _cells is null ? 0 : _cells.Max();
        return
        [
            .. Enumerable
                .Range(0, _used)
                .Where(i => _counts[i] - _monitored[i].Error > threshold)
                .Select(i => new FrequentValue(Encoding.UTF8.GetString(_monitored[i].Text), _counts[i], _monitored[i].Error == 0))
                .OrderByDescending(value => value.Count)
                .ThenBy(value => value.Value, StringComparer.Ordinal)
                .Take(count),
        ];
    }

    /// <summary>The rarest counter, if its count is no more than <paramref name="atMost"/>.</summary>
    private bool TryFindRarest(long atMost, out int counter)
    {
        // Counts only grow, so the least of them is never below the least that was found last, nor is it before where that was found.
        var further = _counts.AsSpan(_rarestFrom).IndexOf(_rarest);
        if (further >= 0)
        {
            _rarestFrom += further;
        }
        else
        {
            _rarest = _counts.Min();
            _rarestFrom = _counts.AsSpan().IndexOf(_rarest);
        }
        counter = _rarestFrom;
        return _rarest <= atMost;
    }

    private ref uint Cell(ulong hash) => ref _cells![(int)(hash >> 16) & (_cells.Length - 1)];

    private void Monitor(int counter, ulong hash, ReadOnlySpan<byte> field, in FieldValue value, long count, long error)
    {
        _hashes[counter] = hash;
        _counts[counter] = count;
        _monitored[counter].Value = value;
        _monitored[counter].Error = error;
        _monitored[counter].Keep(Utf8Text.Cut(field, SketchSizes.ValueCharacters, maxValueBytes));
        _slots[FindSlot(hash)] = Slot(hash, counter);
    }

    private int FindSlot(ulong hash)
    {
        var slots = _slots;
        var bits = BitsOf(hash);
        var slot = (int)hash;
        for (; ; slot++)
        {
            slot &= slots.Length - 1;
            int content = slots[slot];
            if (content == 0 || (content & ~CounterMask) == bits && _hashes[CounterIn(content)] == hash)
                return slot;
        }
    }

    private static int BitsOf(ulong hash) => (int)(hash >> 32) & ushort.MaxValue & ~CounterMask;

    private static int CounterIn(int slot) => (slot & CounterMask) - 1;

    private static ushort Slot(ulong hash, int counter) => (ushort)(BitsOf(hash) | (counter + 1));

    /// <summary>Frees the slot of a hash, and moves those after it that could then no longer be found.</summary>
    private void Release(ulong hash)
    {
        var mask = _slots.Length - 1;
        var free = FindSlot(hash);
        for (var slot = (free + 1) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var home = (int)_hashes[CounterIn(_slots[slot])] & mask;
            if (((slot - home) & mask) < ((slot - free) & mask))
                continue;
            _slots[free] = _slots[slot];
            free = slot;
        }
        _slots[free] = 0;
    }

    private void Grow()
    {
        var length = Math.Min(maxCounters, 2 * _used);
        Array.Resize(ref _hashes, length);
        Array.Resize(ref _counts, length);
        Array.Resize(ref _monitored, length);
        _slots = new ushort[BitOperations.RoundUpToPowerOf2((uint)(length * SlotsPerCounter))];
        for (var counter = 0; counter < _used; counter++)
            _slots[FindSlot(_hashes[counter])] = Slot(_hashes[counter], counter);
    }

    private struct Monitored
    {
        public FieldValue Value;
        public long Error;
        private byte[]? _text;
        private int _length;

        // The array's length, without a look at the array.
        private int _room;

        public readonly ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

        public void Keep(ReadOnlySpan<byte> text)
        {
            if (_room < text.Length)
                _text = new byte[_room = text.Length];
            text.CopyTo(_text);
            _length = text.Length;
        }
    }
}
