namespace Worker.Profiling;

/// <summary>
/// Reads dates and times in the extended format of ISO 8601: <c>2026-11-23</c>, <c>2026-11-23T10:05</c>, with seconds, with a fraction of
/// up to nine digits after a point or comma, with <c>Z</c> or an offset (<c>+01:00</c>, <c>+0100</c>, <c>+01</c>), and with a space for the
/// <c>T</c>, as RFC 3339 allows. Without an offset it is taken as UTC. Weeks, ordinal days, months alone, times alone and the basic
/// format (<c>20261123</c>, an integer) are not timestamps.
/// </summary>
internal static class TimestampParser
{
    private const int DateLength = 10;

    /// <summary>Whether a field looks like nothing else; no number does.</summary>
    public static bool MayBe(ReadOnlySpan<byte> field) => field.Length >= DateLength && field[4] == '-' && field[7] == '-';

    /// <summary>Reads a field without spaces around it that <see cref="MayBe"/> one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> field, out FieldValue value)
    {
        value = default;
        if (!TryNumber(field[..4], out var year) || !TryNumber(field[5..7], out var month) || !TryNumber(field[8..10], out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var seconds = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond;
        var nanoseconds = 0;
        if (field.Length > DateLength)
        {
            if (field[DateLength] is not ((byte)'T' or (byte)'t' or (byte)' '))
                return false;
            var rest = field[(DateLength + 1)..];
            if (!TryTime(ref rest, out var secondOfDay, out nanoseconds) || !TryOffset(rest, out var offset))
                return false;
            seconds += secondOfDay - offset;
        }
        value = FieldValue.Timestamp(seconds, nanoseconds);
        return true;
    }

    private static bool TryTime(ref ReadOnlySpan<byte> text, out int secondOfDay, out int nanoseconds)
    {
        secondOfDay = nanoseconds = 0;
        if (text.Length < 5 || text[2] != ':' || !TryNumber(text[..2], out var hour) || !TryNumber(text[3..5], out var minute))
            return false;
        var second = 0;
        text = text[5..];
        if (text.Length > 0 && text[0] == ':')
        {
            if (text.Length < 3 || !TryNumber(text[1..3], out second))
                return false;
            text = text[3..];
            if (text.Length > 0 && text[0] is (byte)'.' or (byte)',' && !TryFraction(ref text, out nanoseconds))
                return false;
        }
        secondOfDay = (hour * 60 + minute) * 60 + second;
        // A leap second is the 60th.
        return hour <= 23 && minute <= 59 && second <= 60;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out int nanoseconds)
    {
        text = text[1..];
        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 0)
            length = text.Length;
        if (length is < 1 or > 9)
        {
            nanoseconds = 0;
            return false;
        }
        TryNumber(text[..length], out nanoseconds);
        for (var digits = length; digits < 9; digits++)
            nanoseconds *= 10;
        text = text[length..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.IsEmpty || text is [(byte)'Z'] or [(byte)'z'])
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-'))
            return false;
        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (text.Length is not (2 or 4 or 5) || text.Length == 5 && text[2] != ':')
            return false;
        var minute = 0;
        if (!TryNumber(text[..2], out var hour) || text.Length > 2 && !TryNumber(text[^2..], out minute))
            return false;
        seconds = sign * (hour * 60 + minute) * 60;
        return hour <= 23 && minute <= 59;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var b in digits)
        {
            if ((uint)(b - '0') > 9)
                return false;
            number = number * 10 + (b - '0');
        }
        return true;
    }
}
