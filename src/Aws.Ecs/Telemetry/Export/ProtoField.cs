using System.Buffers;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>A field of a message in protobuf's encoding: https://protobuf.dev/programming-guides/encoding/</summary>
/// <param name="Number">Its number in the message's definition.</param>
/// <param name="Whole">The field with its tag.</param>
/// <param name="Value">What follows the tag and, of text, bytes and messages, the length.</param>
internal readonly record struct ProtoField(int Number, ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Value)
{
    private const int LengthDelimited = 2;

    /// <exception cref="FormatException">It is no message.</exception>
    public static IEnumerable<ProtoField> Of(ReadOnlyMemory<byte> message)
    {
        for (var rest = message; !rest.IsEmpty; )
        {
            var position = 0;
            var tag = Varint(rest.Span, ref position);
            var start = position;
            switch (tag & 7)
            {
                case 0:
                    Varint(rest.Span, ref position);
                    break;
                case 1:
                    position += sizeof(ulong);
                    break;
                case LengthDelimited:
                    var length = Varint(rest.Span, ref position);
                    start = position;
                    position +=
                        length <= (ulong)(rest.Length - position)
                            ? (int)length
                            : throw new FormatException("The message ends within a field.");
                    break;
                case 5:
                    position += sizeof(uint);
                    break;
                default:
                    throw new FormatException($"There is no wire type {tag & 7}.");
            }

            yield return new ProtoField((int)(tag >> 3), rest[..position], rest[start..position]);
            rest = rest[position..];
        }
    }

    /// <summary>Writes a message as a field.</summary>
    public static void Write(IBufferWriter<byte> writer, int number, ReadOnlySpan<byte> value)
    {
        Write(writer, ((ulong)number << 3) | LengthDelimited);
        Write(writer, (ulong)value.Length);
        writer.Write(value);
    }

    private static void Write(IBufferWriter<byte> writer, ulong varint)
    {
        var span = writer.GetSpan(10);
        var length = 0;
        for (; varint > 0x7f; varint >>= 7)
        {
            span[length++] = (byte)(varint | 0x80);
        }

        span[length++] = (byte)varint;
        writer.Advance(length);
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && position < bytes.Length; shift += 7)
        {
            var next = bytes[position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("The message ends within a number.");
    }
}
