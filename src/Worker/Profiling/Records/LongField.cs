using System.IO.Hashing;
using System.Text.Unicode;

namespace Worker.Profiling.Records;

/// <summary>A field of which only the hash and the beginning are kept, taken in pieces: however long it is, it needs no room.</summary>
internal sealed class LongField
{
    // More than is kept of any value, so that what is cut from it is cut as from the whole.
    private const int BeginningLength = SketchSizes.ValueBytes + 4;

    private readonly XxHash3 _hash = new();
    private readonly byte[] _beginning = new byte[BeginningLength];
    private int _length;

    public ulong Hash => _hash.GetCurrentHashAsUInt64();

    public ReadOnlySpan<byte> Beginning => _beginning.AsSpan(0, _length);

    /// <summary>Adds a piece that does not end in the middle of a character.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (Utf8.IsValid(piece))
        {
            AppendText(piece);
            return;
        }
        while (Utf8Text.TryFindInvalid(piece, out var at, out var length))
        {
            AppendText(piece[..at]);
            AppendText(Utf8Text.ReplacementCharacter);
            piece = piece[(at + length)..];
        }
        AppendText(piece);
    }

    private void AppendText(ReadOnlySpan<byte> text)
    {
        _hash.Append(text);
        var kept = Math.Min(text.Length, BeginningLength - _length);
        text[..kept].CopyTo(_beginning.AsSpan(_length));
        _length += kept;
    }
}
