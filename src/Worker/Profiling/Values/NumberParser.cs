using System.Globalization;
using System.Runtime.CompilerServices;

namespace Worker.Profiling;

/// <summary>Reads numbers as <see cref="FieldValue"/> defines them.</summary>
internal static class NumberParser
{
    // A decimal whose digits and whose power of ten are both exact as doubles is rounded once, by the multiplication or division.
    private const ulong MaxExactDigits = 1UL << 53;

    // More digits could overflow the 64 bits that they are gathered in.
    private const int MaxDigits = 18;

    private static readonly double[] _powersOfTen =
    [
        1e0,
        1e1,
        1e2,
        1e3,
        1e4,
        1e5,
        1e6,
        1e7,
        1e8,
        1e9,
        1e10,
        1e11,
        1e12,
        1e13,
        1e14,
        1e15,
        1e16,
        1e17,
        1e18,
        1e19,
        1e20,
        1e21,
        1e22,
    ];

    /// <summary>Reads a field without spaces around it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> field, out FieldValue value)
    {
        if (field.Length > ShortNumber.MaxLength)
            return TryParseAny(field, out value);
        // Signs are added and multiplied with: in a column of both a branch would be guessed wrong half the time.
        var signs = field[0] == '-' ? 1 : 0;
        var unsigned = field[signs..];
        if (!ShortNumber.TryRead(unsigned, out var digits, out var pointAt) || pointAt > 1 && unsigned[0] == '0')
            return TryParseAny(field, out value);
        var sign = 1 - 2 * signs;
        value =
            pointAt == unsigned.Length
                ? FieldValue.Integer(sign * digits)
                : FieldValue.Fraction(digits / _powersOfTen[unsigned.Length - pointAt - 1] * sign);
        return true;
    }

    // By itself, for what it needs of the stack would be cleared for the short numbers too.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseAny(ReadOnlySpan<byte> field, out FieldValue value)
    {
        value = default;
        var isNegative = field[0] == '-';
        var position = isNegative ? 1 : 0;
        ulong digits = 0;
        var whole = Digits(field, position, ref digits);
        if (whole > 1 && field[position] == '0')
            return false;
        position += whole;

        var fraction = 0;
        var isInteger = whole > 0;
        if (position < field.Length && field[position] == '.')
        {
            isInteger = false;
            position++;
            fraction = Digits(field, position, ref digits);
            position += fraction;
        }
        if (whole + fraction == 0)
            return false;

        var exponent = 0;
        if (position < field.Length && (field[position] | 0x20) == 'e')
        {
            isInteger = false;
            if (!TryExponent(field, ref position, out exponent))
                return false;
        }
        if (position != field.Length)
            return false;

        var areDigitsWhole = whole + fraction <= MaxDigits;
        if (isInteger && areDigitsWhole)
        {
            value = FieldValue.Integer(isNegative ? -(long)digits : (long)digits);
            return true;
        }
        if (isInteger && long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            value = FieldValue.Integer(integer);
            return true;
        }

        double number;
        var power = exponent - fraction;
        if (areDigitsWhole && digits <= MaxExactDigits && power is >= -22 and <= 22)
        {
            number = power < 0 ? (long)digits / _powersOfTen[-power] : (long)digits * _powersOfTen[power];
            if (isNegative)
                number = -number;
        }
        else
        {
            number = double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
        if (!double.IsFinite(number))
            return false;
        value = isInteger ? FieldValue.LongInteger(number) : FieldValue.Fraction(number);
        return true;
    }

    /// <summary>
    /// How many digits stand at a position; appends them to <paramref name="digits"/>, which is of use up to <see cref="MaxDigits"/>.
    /// </summary>
    private static int Digits(ReadOnlySpan<byte> field, int position, ref ulong digits)
    {
        var start = position;
        var gathered = digits;
        while ((uint)position < (uint)field.Length && (uint)(field[position] - '0') <= 9)
            gathered = unchecked(gathered * 10 + (uint)(field[position++] - '0'));
        digits = gathered;
        return position - start;
    }

    private static bool TryExponent(ReadOnlySpan<byte> field, ref int position, out int exponent)
    {
        exponent = 0;
        position++;
        var isNegative = position < field.Length && field[position] == '-';
        if (isNegative || position < field.Length && field[position] == '+')
            position++;
        var start = position;
        for (; position < field.Length && (uint)(field[position] - '0') <= 9; position++)
            exponent = Math.Min(exponent * 10 + (field[position] - '0'), 1_000_000);
        if (isNegative)
            exponent = -exponent;
        return position > start;
    }
}
