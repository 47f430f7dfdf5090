using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Worker.Profiling;

/// <summary>
/// Sorts some hundred finite doubles without a branch that depends on them: in random order the processor guesses such a branch wrong half
/// the time, which is most of what <see cref="MemoryExtensions.Sort{T}(Span{T})"/> costs here. Sixty-four at a time are put where they
/// belong by counting how many are less; what is sorted is then merged.
/// </summary>
internal static class DoubleSort
{
    private const int Few = 64;

    /// <summary>Sorts in place. Of zeros with and without a sign the first stays first.</summary>
    /// <param name="values">What is to be sorted.</param>
    /// <param name="scratch">Room for as many.</param>
    public static void Sort(Span<double> values, Span<double> scratch)
    {
        if (IsSorted(values))
            return;
        Span<double> few = stackalloc double[Few];
        for (var start = 0; start < values.Length; start += Few)
        {
            var some = values.Slice(start, Math.Min(Few, values.Length - start));
            few.Fill(double.PositiveInfinity);
            some.CopyTo(few);
            SortFew(few, some);
        }

        var from = values;
        var to = scratch[..values.Length];
        for (var width = Few; width < values.Length; width *= 2)
        {
            for (var start = 0; start < values.Length; start += 2 * width)
                Merge(from, to, start, Math.Min(start + width, values.Length), Math.Min(start + 2 * width, values.Length));
            var merged = to;
            to = from;
            from = merged;
        }
        if (!Unsafe.AreSame(ref MemoryMarshal.GetReference(from), ref MemoryMarshal.GetReference(values)))
            from.CopyTo(values);
    }

    // Numbers that are counted up come sorted.
    private static bool IsSorted(ReadOnlySpan<double> values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
                return false;
        }
        return true;
    }

    // What is there to fill up is greater than any value, so it is counted for none.
    private static void SortFew(ReadOnlySpan<double> values, Span<double> sorted)
    {
        Span<byte> equals = stackalloc byte[Few];
        equals.Clear();
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var i = 0; i < sorted.Length; i++)
        {
            var less = CountLess(ref first, values[i]);
            ref var equal = ref equals[less];
            sorted[less + equal++] = values[i];
        }
    }

    private static int CountLess(ref double values, double than)
    {
        var less = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var limit = Vector512.Create(than);
            for (var i = 0; i < Few; i += Vector512<double>.Count)
                less += BitOperations.PopCount(
                    Vector512.LessThan(Vector512.LoadUnsafe(ref values, (nuint)i), limit).ExtractMostSignificantBits()
                );
        }
        else
        {
            var limit = Vector256.Create(than);
            for (var i = 0; i < Few; i += Vector256<double>.Count)
                less += BitOperations.PopCount(
                    Vector256.LessThan(Vector256.LoadUnsafe(ref values, (nuint)i), limit).ExtractMostSignificantBits()
                );
        }
        return less;
    }

    /// <summary>
    /// Merges two sorted stretches, of which the second begins where the first ends; of equal ones the first come first. From both ends at
    /// once, as far as neither half can come to its end: each step waits for the one before it, and two such rows go on side by side.
    /// </summary>
    public static void Merge(ReadOnlySpan<double> from, Span<double> to, int left, int leftEnd, int rightEnd)
    {
        // Numbers that are counted up do not overlap.
        if (left < leftEnd && leftEnd < rightEnd && from[leftEnd - 1] <= from[leftEnd])
        {
            from[left..rightEnd].CopyTo(to[left..]);
            return;
        }
        var right = leftEnd;
        var at = left;
        var end = rightEnd;
        for (var steps = Math.Min(leftEnd - left, rightEnd - right); steps > 0; steps--)
        {
            var isRight = from[right] < from[left] ? 1 : 0;
            to[at++] = from[left + (-isRight & (right - left))];
            right += isRight;
            left += 1 - isRight;

            var isLeft = from[rightEnd - 1] < from[leftEnd - 1] ? 1 : 0;
            to[--end] = from[rightEnd - 1 + (-isLeft & (leftEnd - rightEnd))];
            leftEnd -= isLeft;
            rightEnd -= 1 - isLeft;
        }
        while (left < leftEnd && right < rightEnd)
        {
            var isRight = from[right] < from[left] ? 1 : 0;
            to[at++] = from[left + (-isRight & (right - left))];
            right += isRight;
            left += 1 - isRight;
        }
        from[left..leftEnd].CopyTo(to[at..]);
        from[right..rightEnd].CopyTo(to[(at + leftEnd - left)..]);
    }
}
