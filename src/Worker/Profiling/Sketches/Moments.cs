using System.Runtime.CompilerServices;

namespace Worker.Profiling;

/// <summary>
/// Mean and sample standard deviation in one pass. The differences to the first value, and their squares, are summed in twice the
/// precision of a double (two-sum, and two-product by fused multiply-add). Since the first value is one of the data, the square of the
/// mean difference is at most n times the variance, so nothing that matters cancels, however far from zero the values lie.
/// </summary>
internal struct Moments
{
    private long _firstWhole;
    private double _first;
    private double _firstRemainder;
    private DoubleDouble _sum;
    private DoubleDouble _squares;

    public long Count { get; private set; }

    /// <summary>The mean, or null where there is none or a double does not hold it.</summary>
    public readonly double? Mean => Count == 0 ? null : Finite(Total().Value / Count);

    /// <summary>The sample standard deviation (n − 1), or null where there is none or a double does not hold it.</summary>
    public readonly double? StandardDeviation
    {
        get
        {
            if (Count < 2)
                return null;
            var correction = _sum.Value * (_sum.Value / Count);
            return Finite(Math.Sqrt(Math.Max(0, (_squares.Value - correction) / (Count - 1))));
        }
    }

    /// <summary>Adds numbers, as many as there are at a time: what is summed up then stays in registers.</summary>
    public void Add(ReadOnlySpan<FieldValue> values)
    {
        if (values.IsEmpty)
            return;
        if (Count == 0)
        {
            Begin(values[0]);
            values = values[1..];
        }
        Count += values.Length;

        var sum = _sum;
        var squares = _squares;
        foreach (ref readonly var value in values)
        {
            // Integers beyond 2^53 are subtracted as what they are, not as the doubles nearest to them.
            if (!value.IsInt64 || !TryDifference(value.Whole, out var difference))
            {
                difference = value.Number - _first;
                sum.Add(DoubleDouble.ErrorOfSum(value.Number, -_first, difference));
                difference -= _firstRemainder;
            }
            sum.Add(difference);
            squares.AddSquare(difference);
        }
        _sum = sum;
        _squares = squares;
    }

    private void Begin(in FieldValue value)
    {
        Count = 1;
        _first = value.Number;
        if (value.IsInt64)
        {
            _firstWhole = value.Whole;
            _firstRemainder = (double)(value.Whole - (Int128)_first);
        }
    }

    private readonly DoubleDouble Total()
    {
        var total = _sum;
        total.AddProduct(_first, Count);
        total.AddProduct(_firstRemainder, Count);
        return total;
    }

    private readonly bool TryDifference(long value, out double difference)
    {
        var whole = unchecked(value - _firstWhole);
        difference = whole;
        // False where the first value was no integer, or the subtraction overflowed.
        return _first == _firstWhole && ((value ^ _firstWhole) & (value ^ whole)) >= 0;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>A sum as the unevaluated sum of two doubles.</summary>
    private struct DoubleDouble
    {
        private double _high;
        private double _low;

        public readonly double Value => _high + _low;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(double term)
        {
            var sum = _high + term;
            _low += ErrorOfSum(_high, term, sum);
            _high = sum;
        }

        public void AddSquare(double factor) => AddProduct(factor, factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddProduct(double left, double right)
        {
            var product = left * right;
            _low += Math.FusedMultiplyAdd(left, right, -product);
            Add(product);
        }

        /// <summary>What rounding took from the sum of two doubles (Knuth's two-sum).</summary>
        public static double ErrorOfSum(double left, double right, double sum)
        {
            var part = sum - left;
            return left - (sum - part) + (right - part);
        }
    }
}
