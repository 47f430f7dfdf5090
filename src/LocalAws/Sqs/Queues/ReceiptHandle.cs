using System.Buffers.Binary;
using System.Buffers.Text;

namespace LocalAws.Sqs.Queues;

/// <summary>Names one delivery of one message.</summary>
internal readonly record struct ReceiptHandle(long Sequence, long Receipt)
{
    private const int Length = 20;
    private const uint Signature = 0x5251_4853;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Signature);
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[12..], Receipt);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out ReceiptHandle handle)
    {
        handle = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (
            !Base64Url.IsValid(text, out var length)
            || length != Length
            || !Base64Url.TryDecodeFromChars(text, bytes, out _)
            || BinaryPrimitives.ReadUInt32BigEndian(bytes) != Signature
        )
        {
            return false;
        }
        handle = new(BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadInt64BigEndian(bytes[12..]));
        return true;
    }
}
