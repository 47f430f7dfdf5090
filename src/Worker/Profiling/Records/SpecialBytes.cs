using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Worker.Profiling.Records;

/// <summary>Looks at 64 bytes at once for those that mean something in CSV. Each is a bit, the lowest for the first byte.</summary>
internal static class SpecialBytes
{
    public const byte Quote = (byte)'"';
    public const byte Return = (byte)'\r';
    public const byte LineFeed = (byte)'\n';

    /// <summary>Which of the bytes from a place on are quotes, separators or line ends.</summary>
    /// <param name="bytes">The first byte of an array that has 64 more from there on.</param>
    /// <param name="at">The place.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="quotes">Which of them are quotes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref byte bytes, int at, byte separator, out ulong quotes)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var all = Vector512.LoadUnsafe(ref bytes, (nuint)at);
            quotes = Vector512.Equals(all, Vector512.Create(Quote)).ExtractMostSignificantBits();
            return quotes
                | (
                    Vector512.Equals(all, Vector512.Create(separator))
                    | Vector512.Equals(all, Vector512.Create(LineFeed))
                    | Vector512.Equals(all, Vector512.Create(Return))
                ).ExtractMostSignificantBits();
        }
        if (Vector256.IsHardwareAccelerated)
        {
            var found =
                Find256(ref bytes, at, separator, out var first) | (ulong)Find256(ref bytes, at + 32, separator, out var second) << 32;
            quotes = first | (ulong)second << 32;
            return found;
        }
        return Find128(ref bytes, at, separator, out quotes);
    }

    private static uint Find256(ref byte bytes, int at, byte separator, out uint quotes)
    {
        var half = Vector256.LoadUnsafe(ref bytes, (nuint)at);
        quotes = Vector256.Equals(half, Vector256.Create(Quote)).ExtractMostSignificantBits();
        return quotes
            | (
                Vector256.Equals(half, Vector256.Create(separator))
                | Vector256.Equals(half, Vector256.Create(LineFeed))
                | Vector256.Equals(half, Vector256.Create(Return))
            ).ExtractMostSignificantBits();
    }

    private static ulong Find128(ref byte bytes, int at, byte separator, out ulong quotes)
    {
        ulong found = 0;
        quotes = 0;
        for (var part = 0; part < 64; part += Vector128<byte>.Count)
        {
            var quarter = Vector128.LoadUnsafe(ref bytes, (nuint)(at + part));
            var others =
                Vector128.Equals(quarter, Vector128.Create(separator))
                | Vector128.Equals(quarter, Vector128.Create(LineFeed))
                | Vector128.Equals(quarter, Vector128.Create(Return));
            quotes |= (ulong)Vector128.Equals(quarter, Vector128.Create(Quote)).ExtractMostSignificantBits() << part;
            found |= (ulong)others.ExtractMostSignificantBits() << part;
        }
        return found | quotes;
    }
}
