using Profiles;

namespace Worker.Profiling;

/// <summary>
/// What one field means, told by its text alone.
/// <list type="bullet">
/// <item>Spaces and tabs around a value do not change its type: <c> 12 </c> is an integer.</item>
/// <item>A number is written as in JSON, and <c>.5</c> and <c>5.</c> are numbers too. What has a leading zero (<c>007</c>) or a plus
/// sign (<c>+49</c>) is text: as a number it would lose what makes it an identifier.</item>
/// <item><c>NaN</c>, infinities and what a double cannot hold (<c>1e999</c>) are text: a mean over them would mean nothing.</item>
/// <item><c>1e5</c> and <c>1.0</c> are numbers, not integers, for they are not written as one.</item>
/// </list>
/// </summary>
internal readonly struct FieldValue
{
    /// <summary>Longer than this nothing but text is recognised.</summary>
    public const int MaxTypedLength = 256;

    public static readonly FieldValue Text = new() { Type = ColumnType.Text };

    /// <summary>The narrowest type of the value.</summary>
    public ColumnType Type { get; private init; }

    /// <summary>Whether <see cref="Whole"/> is the very value of an integer.</summary>
    public bool IsInt64 { get; private init; }

    /// <summary>The value of an integer of 64 bits; of a timestamp, the seconds.</summary>
    public long Whole { get; private init; }

    /// <summary>The nanoseconds of a timestamp.</summary>
    public int Nanoseconds { get; private init; }

    /// <summary>The nearest double to a number.</summary>
    public double Number { get; private init; }

    public bool IsNumeric => Type is ColumnType.Integer or ColumnType.Number;

    public static FieldValue Boolean { get; } = new() { Type = ColumnType.Boolean };

    public static FieldValue Integer(long value) =>
        new()
        {
            Type = ColumnType.Integer,
            IsInt64 = true,
            Whole = value,
            Number = value,
        };

    public static FieldValue LongInteger(double value) => new() { Type = ColumnType.Integer, Number = value };

    public static FieldValue Fraction(double value) => new() { Type = ColumnType.Number, Number = value };

    public static FieldValue Timestamp(long seconds, int nanoseconds) =>
        new()
        {
            Type = ColumnType.Timestamp,
            Whole = seconds,
            Nanoseconds = nanoseconds,
        };

    /// <summary>Reads a field that is not empty.</summary>
    public static FieldValue Parse(ReadOnlySpan<byte> field)
    {
        if (field.Length > MaxTypedLength)
            return Text;
        field = Trim(field);
        if (field.IsEmpty)
            return Text;
        var first = field[0];
        if (first is >= (byte)'-' and <= (byte)'9')
        {
            var isParsed = TimestampParser.MayBe(field)
                ? TimestampParser.TryParse(field, out var value)
                : NumberParser.TryParse(field, out value);
            return isParsed ? value : Text;
        }
        if (first is (byte)'t' or (byte)'T' or (byte)'f' or (byte)'F')
            return IsBoolean(field) ? Boolean : Text;
        return Text;
    }

    /// <summary>Compares two values of one kind, numbers, timestamps or else texts, given with the fields they were read from.</summary>
    public static int Compare(in FieldValue left, ReadOnlySpan<byte> leftField, in FieldValue right, ReadOnlySpan<byte> rightField)
    {
        if (left.IsNumeric && right.IsNumeric)
        {
            if (left.IsInt64 && right.IsInt64)
                return left.Whole.CompareTo(right.Whole);
            // Rounding to a double keeps the order, so only doubles that are equal leave it open.
            var order = left.Number.CompareTo(right.Number);
            return order != 0 ? order : DecimalText.Compare(Trim(leftField), Trim(rightField));
        }
        if (left.Type == ColumnType.Timestamp && right.Type == ColumnType.Timestamp)
        {
            var order = left.Whole.CompareTo(right.Whole);
            return order != 0 ? order : left.Nanoseconds.CompareTo(right.Nanoseconds);
        }
        return leftField.SequenceCompareTo(rightField);
    }

    private static bool IsBoolean(ReadOnlySpan<byte> field) =>
        System.Text.Ascii.EqualsIgnoreCase(field, "true"u8) || System.Text.Ascii.EqualsIgnoreCase(field, "false"u8);

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) => field[0] > ' ' && field[^1] > ' ' ? field : field.Trim(" \t"u8);
}
