using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Worker.Profiling;

/// <summary>Reads what most numbers are, up to fifteen digits with or without a point among them, all digits at once.</summary>
internal static class ShortNumber
{
    /// <summary>
    /// Longer fields are not read here, a sign in front of the digits included: fifteen digits are always exact as a double.
    /// </summary>
    public const int MaxLength = 16;

    private const int MaxDigits = 15;

    /// <summary>Reads digits with at most one point.</summary>
    /// <param name="field">Without a sign.</param>
    /// <param name="digits">All digits as one number.</param>
    /// <param name="pointAt">How many stand before the point; the field's length where there is none.</param>
    /// <returns>False for anything else, and where the processor has no instructions for it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> field, out long digits, out int pointAt)
    {
        digits = pointAt = 0;
        if (!Sse41.IsSupported || field.IsEmpty)
            return false;
        var values = Load(field) - Vector128.Create((byte)'0');
        var others = Vector128.GreaterThan(values, Vector128.Create((byte)9)).ExtractMostSignificantBits() & ((1u << field.Length) - 1);
        pointAt = others == 0 ? field.Length : BitOperations.TrailingZeroCount(others);
        var count = field.Length;
        if (others != 0)
        {
            count--;
            if ((others & (others - 1)) != 0 || field[pointAt] != '.' || count == 0)
                return false;
        }
        if (count > MaxDigits)
            return false;

        // Moved to the right, without the point; what is left of them becomes zero.
        var places = Vector128.Create((sbyte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) - Vector128.Create((sbyte)(16 - count));
        var behindPoint = Vector128.GreaterThan(places, Vector128.Create((sbyte)(pointAt - 1)));
        var aligned = Ssse3.Shuffle(values, (places - behindPoint).AsByte());

        var pairs = Ssse3.MultiplyAddAdjacent(aligned, Vector128.Create((sbyte)10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create((short)100, 1, 100, 1, 100, 1, 100, 1));
        var packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
        var eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create((short)10_000, 1, 10_000, 1, 10_000, 1, 10_000, 1));
        digits = eights[0] * 100_000_000L + eights[1];
        return true;
    }

    private static Vector128<byte> Load(ReadOnlySpan<byte> field)
    {
        if (field.Length == 16)
            return Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(field));
        if (field.Length >= 8)
        {
            var last = BinaryPrimitives.ReadUInt64LittleEndian(field[^8..]);
            return Vector128.Create(BinaryPrimitives.ReadUInt64LittleEndian(field), (last >> (8 * (15 - field.Length))) >> 8).AsByte();
        }
        if (field.Length >= 4)
        {
            var last = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(field[^4..]) << (8 * (field.Length - 4));
            return Vector128.Create(BinaryPrimitives.ReadUInt32LittleEndian(field) | last, 0).AsByte();
        }
        var few = field[0] | (uint)field[field.Length / 2] << (8 * (field.Length / 2)) | (uint)field[^1] << (8 * (field.Length - 1));
        return Vector128.Create((ulong)few, 0).AsByte();
    }
}
