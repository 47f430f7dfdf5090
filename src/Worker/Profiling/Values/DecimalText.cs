namespace Worker.Profiling;

/// <summary>Compares numbers by their digits, for those that no machine number tells apart.</summary>
internal static class DecimalText
{
    /// <summary>Compares two numbers in the form that <see cref="NumberParser"/> accepts.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> leftDigits = stackalloc byte[FieldValue.MaxTypedLength];
        Span<byte> rightDigits = stackalloc byte[FieldValue.MaxTypedLength];
        var l = Normalise(left, leftDigits);
        var r = Normalise(right, rightDigits);
        if (l.Sign != r.Sign)
            return l.Sign.CompareTo(r.Sign);
        var magnitude =
            l.PointAt != r.PointAt ? l.PointAt.CompareTo(r.PointAt) : leftDigits[..l.Length].SequenceCompareTo(rightDigits[..r.Length]);
        return l.Sign * magnitude;
    }

    /// <summary>Writes a number as 0.d₁d₂d₃… × 10^PointAt, with d₁ and the last digit not zero. Zero has the sign 0 and no digit.</summary>
    private static (int Sign, long PointAt, int Length) Normalise(ReadOnlySpan<byte> number, Span<byte> digits)
    {
        var isNegative = number[0] == '-';
        if (isNegative)
            number = number[1..];
        long exponent = 0;
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        if (exponentAt >= 0)
        {
            foreach (var b in number[(exponentAt + 1)..])
            {
                if (b is not ((byte)'+' or (byte)'-'))
                    exponent = Math.Min(exponent * 10 + (b - '0'), int.MaxValue);
            }
            if (number[exponentAt + 1] == '-')
                exponent = -exponent;
            number = number[..exponentAt];
        }

        var point = number.IndexOf((byte)'.');
        var pointAt = exponent + (point < 0 ? number.Length : point);
        var length = 0;
        foreach (var b in number)
        {
            if (b == '.')
                continue;
            if (b == '0' && length == 0)
                pointAt--;
            else
                digits[length++] = b;
        }
        while (length > 0 && digits[length - 1] == '0')
            length--;
        return length == 0 ? (0, 0, 0) : (isNegative ? -1 : 1, pointAt, length);
    }
}
