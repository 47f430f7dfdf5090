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

    private const int Int64 = 1 << 8;

    public static readonly FieldValue Text = new(ColumnType.Text);

    public static readonly FieldValue Boolean = new(ColumnType.Boolean);

    // Four fields, for the compiler keeps the values of no more in registers.
    private readonly int _kind;

    private FieldValue(ColumnType type, int isInt64 = 0, long whole = 0, double number = 0, int nanoseconds = 0)
    {
        _kind = (int)type | isInt64;
        Whole = whole;
        Number = number;
        Nanoseconds = nanoseconds;
    }

    /// <summary>The narrowest type of the value.</summary>
    public ColumnType Type => (ColumnType)(byte)_kind;

    /// <summary>Whether <see cref="Whole"/> is the very value of an integer.</summary>
    public bool IsInt64 => _kind >= Int64;

    /// <summary>The value of an integer of 64 bits; of a timestamp, the seconds.</summary>
    public long Whole { get; }

    /// <summary>The nearest double to a number.</summary>
    public double Number { get; }

    /// <summary>The nanoseconds of a timestamp.</summary>
    public int Nanoseconds { get; }

    public bool IsNumeric => Type is ColumnType.Integer or ColumnType.Number;

    public static FieldValue Integer(long value) => new(ColumnType.Integer, Int64, value, value);

    public static FieldValue LongInteger(double value) => new(ColumnType.Integer, number: value);

    public static FieldValue Fraction(double value) => new(ColumnType.Number, number: value);

    public static FieldValue Timestamp(long seconds, int nanoseconds) =>
        new(ColumnType.Timestamp, whole: seconds, nanoseconds: nanoseconds);

    /// <summary>
    /// Reads a field that is not empty, into the place where its value stays: the processor waits for what is copied as soon as it is
    /// written.
    /// </summary>
    public static void Parse(ReadOnlySpan<byte> field, out FieldValue value)
    {
        if (field.Length > MaxTypedLength)
        {
            value = Text;
            return;
        }
        field = Trim(field);
        if (field.IsEmpty)
        {
            value = Text;
            return;
        }
        var first = field[0];
        if (first is >= (byte)'-' and <= (byte)'9')
        {
            var isParsed = TimestampParser.MayBe(field)
                ? TimestampParser.TryParse(field, out value)
                : NumberParser.TryParse(field, out value);
            if (!isParsed)
                value = Text;
            return;
        }
        value = first is (byte)'t' or (byte)'T' or (byte)'f' or (byte)'F' && IsBoolean(field) ? Boolean : Text;
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
