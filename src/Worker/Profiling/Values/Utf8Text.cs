using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Worker.Profiling;

/// <summary>What a profile needs of UTF-8 beyond the platform: to cut it, and to repair what is not UTF-8.</summary>
internal static class Utf8Text
{
    public static ReadOnlySpan<byte> ReplacementCharacter => "\uFFFD"u8;

    /// <summary>As much of a text as fits a number of UTF-16 characters and of bytes, never half a character.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int maxCharacters, int maxBytes)
    {
        return text.Length <= Math.Min(maxCharacters, maxBytes) ? text : CutLong(text, maxCharacters, maxBytes);
    }

    private static ReadOnlySpan<byte> CutLong(ReadOnlySpan<byte> text, int maxCharacters, int maxBytes)
    {
        Span<char> characters = stackalloc char[maxCharacters];
        Utf8.ToUtf16(text, characters, out var length, out _);
        length = Math.Min(length, maxBytes);
        while (length > 0 && length < text.Length && (text[length] & 0xC0) == 0x80)
            length--;
        return text[..length];
    }

    /// <summary>How many sequences are not UTF-8, each one maximal as Unicode (chapter 3.9) recommends.</summary>
    public static int CountInvalid(ReadOnlySpan<byte> text)
    {
        var invalid = 0;
        while (TryFindInvalid(text, out var at, out var length))
        {
            invalid++;
            text = text[(at + length)..];
        }
        return invalid;
    }

    /// <summary>Writes the text with U+FFFD for each sequence that is not UTF-8.</summary>
    public static void Repair(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> repaired)
    {
        repaired.ResetWrittenCount();
        while (TryFindInvalid(text, out var at, out var length))
        {
            repaired.Write(text[..at]);
            repaired.Write(ReplacementCharacter);
            text = text[(at + length)..];
        }
        repaired.Write(text);
    }

    /// <summary>How many bytes at the end may be the beginning of a character whose other bytes follow: three at most.</summary>
    public static int OpenEnd(ReadOnlySpan<byte> text)
    {
        for (var length = 1; length <= Math.Min(3, text.Length); length++)
        {
            var last = text[^length..];
            if ((last[0] & 0xC0) != 0x80)
                return last[0] >= 0x80 && Rune.DecodeFromUtf8(last, out _, out _) is OperationStatus.NeedMoreData ? length : 0;
        }
        return 0;
    }

    /// <summary>Finds the first sequence that is not UTF-8.</summary>
    public static bool TryFindInvalid(ReadOnlySpan<byte> text, out int at, out int length)
    {
        at = 0;
        length = 0;
        Span<char> characters = stackalloc char[512];
        while (at < text.Length)
        {
            var status = Utf8.ToUtf16(text[at..], characters, out var valid, out _, replaceInvalidSequences: false);
            at += valid;
            if (status is OperationStatus.InvalidData or OperationStatus.NeedMoreData)
            {
                Rune.DecodeFromUtf8(text[at..], out _, out length);
                return true;
            }
        }
        return false;
    }
}
