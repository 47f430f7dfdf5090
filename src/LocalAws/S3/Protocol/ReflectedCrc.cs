using System.Buffers.Binary;

namespace LocalAws.S3.Protocol;

/// <summary>
/// A cyclic redundancy check that takes the low bit first, eight bytes a step: CRC-32, CRC-32C and CRC-64/NVME differ only in
/// polynomial and width.
/// </summary>
internal sealed class ReflectedCrc(ReflectedCrc.Table table)
{
    public static Table Crc32 { get; } = new(0xEDB88320, 32);

    public static Table Crc32C { get; } = new(0x82F63B78, 32);

    public static Table Crc64Nvme { get; } = new(0x9A6C9329AC4BC9B5, 64);

    private ulong _value = table.Mask;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (value, slices) = (_value, table.Slices);
        while (bytes.Length >= 8)
        {
            value ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            value =
                slices[7][(byte)value]
                ^ slices[6][(byte)(value >> 8)]
                ^ slices[5][(byte)(value >> 16)]
                ^ slices[4][(byte)(value >> 24)]
                ^ slices[3][(byte)(value >> 32)]
                ^ slices[2][(byte)(value >> 40)]
                ^ slices[1][(byte)(value >> 48)]
                ^ slices[0][(byte)(value >> 56)];
            bytes = bytes[8..];
        }
        foreach (var next in bytes)
            value = (value >> 8) ^ slices[0][(byte)(value ^ next)];
        _value = value;
    }

    /// <summary>The check of all that was appended, high byte first.</summary>
    public byte[] Value()
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _value ^ table.Mask);
        return bytes[(8 - table.Width / 8)..].ToArray();
    }

    internal sealed class Table
    {
        public Table(ulong polynomial, int width)
        {
            Width = width;
            Mask = ulong.MaxValue >> (64 - width);
            for (var slice = 0; slice < Slices.Length; slice++)
                Slices[slice] = new ulong[256];
            for (var i = 0; i < 256; i++)
            {
                var value = (ulong)i;
                for (var bit = 0; bit < 8; bit++)
                    value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
                Slices[0][i] = value;
            }
            for (var slice = 1; slice < Slices.Length; slice++)
            {
                for (var i = 0; i < 256; i++)
                    Slices[slice][i] = (Slices[slice - 1][i] >> 8) ^ Slices[0][(byte)Slices[slice - 1][i]];
            }
        }

        public int Width { get; }

        public ulong Mask { get; }

        public ulong[][] Slices { get; } = new ulong[8][];
    }
}
