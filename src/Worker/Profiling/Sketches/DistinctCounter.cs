using System.Numerics;

namespace Worker.Profiling;

/// <summary>
/// Counts different values by their 64-bit hashes: in a set while they are few, which is exact (that two of ten thousand values share a
/// hash has a probability of 10⁻¹²), then by HyperLogLog with the estimator of Ertl 2017 (https://arxiv.org/abs/1702.01284, algorithm 6),
/// which is free of bias at any count and needs no tables. Its standard error is 1.04 / √registers.
/// </summary>
internal sealed class DistinctCounter(int maxSlots, int precision)
{
    private const int FirstSlots = 16;

    private ulong[]? _slots = new ulong[FirstSlots];
    private int _filled;
    private bool _containsZero;
    private byte[]? _registers;

    // The least of the registers, and how many hold no more: what many values were counted before leaves most registers untouched.
    private int _floor;
    private int _atFloor;

    public bool IsExact => _registers is null;

    public long Count => _registers is null ? _filled + (_containsZero ? 1 : 0) : Estimate(_registers, precision);

    public void Add(ulong hash)
    {
        if (_registers is not null)
            AddTo(_registers, hash);
        else
            AddToSet(hash);
    }

    /// <summary>Reads what a hash will need, as <see cref="FrequentValues.Fetch"/> does.</summary>
    public uint Fetch(ulong hash) => _registers is not null && Rank(hash) > _floor ? Register(_registers, hash) : 0u;

    private void AddToSet(ulong hash)
    {
        // Zero marks a free slot.
        if (hash == 0)
            _containsZero = true;
        else if (Insert(_slots!, hash) && ++_filled > _slots!.Length * 3 / 4)
            Grow();
    }

    private static bool Insert(ulong[] slots, ulong hash)
    {
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            if (slots[slot] == hash)
                return false;
            if (slots[slot] == 0)
            {
                slots[slot] = hash;
                return true;
            }
        }
    }

    private void Grow()
    {
        var full = _slots!;
        if (full.Length < maxSlots)
        {
            _slots = new ulong[full.Length * 2];
            foreach (var hash in full)
            {
                if (hash != 0)
                    Insert(_slots, hash);
            }
            return;
        }
        _registers = new byte[1 << precision];
        _atFloor = _registers.Length;
        _slots = null;
        foreach (var hash in full)
        {
            if (hash != 0)
                AddTo(_registers, hash);
        }
        if (_containsZero)
            AddTo(_registers, 0);
    }

    /// <summary>The first bits of a hash choose the register; it keeps the longest run of zeros seen at the start of the others.</summary>
    private void AddTo(byte[] registers, ulong hash)
    {
        var rank = Rank(hash);
        if (rank > _floor && rank > Register(registers, hash))
            Raise(registers, ref Register(registers, hash), rank);
    }

    private int Rank(ulong hash) => BitOperations.LeadingZeroCount(hash << precision | 1UL << (precision - 1)) + 1;

    private ref byte Register(byte[] registers, ulong hash) => ref registers[(int)(hash >> (64 - precision))];

    private void Raise(byte[] registers, ref byte register, int rank)
    {
        var isAtFloor = register == _floor;
        register = (byte)rank;
        if (!isAtFloor || --_atFloor > 0)
            return;
        _floor = registers.Min();
        _atFloor = registers.Count(other => other == _floor);
    }

    private static long Estimate(byte[] registers, int precision)
    {
        double m = registers.Length;
        var longest = 64 - precision;
        var histogram = new int[longest + 2];
        foreach (var rank in registers)
            histogram[rank]++;

        var z = m * Tau(1 - histogram[longest + 1] / m);
        for (var rank = longest; rank >= 1; rank--)
            z = 0.5 * (z + histogram[rank]);
        z += m * Sigma(histogram[0] / m);
        return (long)Math.Round(m * m / (2 * Math.Log(2) * z));
    }

    private static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        double y = 1,
            z = x,
            last;
        do
        {
            x *= x;
            last = z;
            z += x * y;
            y += y;
        } while (z != last);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        double y = 1,
            z = 1 - x,
            last;
        do
        {
            x = Math.Sqrt(x);
            last = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (z != last);
        return z / 3;
    }
}
