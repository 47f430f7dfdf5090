using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Worker.Profiling;

/// <summary>Tells from the first bytes of a file whether it is a CSV at all, and what separates its fields.</summary>
internal static class FileHead
{
    // From here on a share of the bytes says something.
    private const int MinSample = 256;

    private static readonly SearchValues<char> _outsideQuotes = SearchValues.Create("\"\r\n,;\t|");

    private static readonly (byte[] Signature, string Name, string Advice)[] _formats =
    [
        (
            [0x50, 0x4B, 0x03, 0x04],
            "a ZIP archive or an Excel or OpenDocument workbook",
            "Extract the CSV, or save the sheet as 'CSV UTF-8'."
        ),
        ([0x50, 0x4B, 0x05, 0x06], "an empty ZIP archive", "Send the CSV itself."),
        ([0xD0, 0xCF, 0x11, 0xE0], "an Office document (.xls)", "Save the sheet as 'CSV UTF-8'."),
        ([0x1F, 0x8B], "gzip-compressed", "Decompress it first (gunzip)."),
        ("BZh91AY&SY"u8.ToArray(), "bzip2-compressed", "Decompress it first (bunzip2)."),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz-compressed", "Decompress it first (unxz)."),
        ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard-compressed", "Decompress it first (unzstd)."),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive", "Extract the CSV."),
        ("%PDF-"u8.ToArray(), "a PDF document", "Export its table as CSV."),
        ([0x50, 0x41, 0x52, 0x31, 0x15], "a Parquet file", "Export it as CSV."),
        ([0x4F, 0x62, 0x6A, 0x01], "an Avro file", "Export it as CSV."),
        ("SQLite format 3"u8.ToArray(), "a SQLite database", "Export a table of it as CSV."),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image", "Send a CSV file."),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", "Send a CSV file."),
        ("GIF89a"u8.ToArray(), "a GIF image", "Send a CSV file."),
        ([0x7F, 0x45, 0x4C, 0x46], "a program (ELF)", "Send a CSV file."),
    ];

    /// <summary>Refuses what is certainly something else.</summary>
    /// <exception cref="CsvFormatException">The file is empty, binary, or of a format that is known.</exception>
    public static void Check(ReadOnlySpan<byte> head, bool isWholeFile)
    {
        if (head.IsEmpty)
            throw new CsvFormatException("The file is empty. A CSV file begins with a header that names its columns.");
        foreach (var (signature, name, advice) in _formats)
        {
            if (head.StartsWith(signature))
                throw new CsvFormatException($"The file is {name}, not CSV text. {advice}");
        }
        if (Unicode(head) is not null)
            return;

        var text = WithoutByteOrderMark(head).TrimStart(" \t\r\n"u8);
        if (IsMarkup(text))
            throw new CsvFormatException("The file is HTML or XML, not CSV (line 1 begins with a tag). Export the table itself as CSV.");
        if (IsJson(text, isWholeFile))
            throw new CsvFormatException("The file is JSON, not CSV. Convert it to a table with a header first.");
        CheckIsText(head);
    }

    /// <summary>
    /// The comma, if one stands in the header outside quotes; else the one of semicolon, tab and bar that stands there most often; else the
    /// comma.
    /// </summary>
    public static char Separator(ReadOnlySpan<byte> head)
    {
        var encoding = Unicode(head) ?? Encoding.UTF8;
        var text = encoding.GetString(head).AsSpan().TrimStart("\uFEFF\r\n");
        var counts = new Dictionary<char, int>
        {
            [';'] = 0,
            ['\t'] = 0,
            ['|'] = 0,
        };
        var isQuoted = false;
        for (int at; (at = isQuoted ? text.IndexOf('"') : text.IndexOfAny(_outsideQuotes)) >= 0; text = text[(at + 1)..])
        {
            switch (text[at])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',':
                    return ',';
                case '\r' or '\n':
                    return MostFrequent();
                default:
                    counts[text[at]]++;
                    break;
            }
        }
        return MostFrequent();

        char MostFrequent() => counts.MaxBy(pair => pair.Value) is { Value: > 0, Key: var separator } ? separator : ',';
    }

    /// <summary>UTF-16 or UTF-32, where a byte order mark says so: the reader transcodes these.</summary>
    public static Encoding? Unicode(ReadOnlySpan<byte> head) =>
        head switch
        {
            [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
            [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> head) =>
        head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;

    private static bool IsMarkup(ReadOnlySpan<byte> text)
    {
        var start = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 16)]);
        return ((string[])["<!doctype", "<html", "<?xml", "<!--", "<head", "<body", "<table", "<svg"]).Any(tag =>
            start.StartsWith(tag, StringComparison.OrdinalIgnoreCase)
        );
    }

    /// <summary>Whether all of the text is one JSON object or array, or one after the other (JSON Lines).</summary>
    private static bool IsJson(ReadOnlySpan<byte> text, bool isWholeFile)
    {
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
            return false;
        var reader = new Utf8JsonReader(
            text,
            isWholeFile,
            new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 256 })
        );
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void CheckIsText(ReadOnlySpan<byte> head)
    {
        if (head.Length < MinSample)
            return;
        var controls = 0;
        var zeros = 0;
        foreach (var b in head)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                controls++;
            if (b == 0)
                zeros++;
        }
        if (zeros > head.Length * 2 / 5)
            throw new CsvFormatException("The file looks like UTF-16 without a byte order mark. Save it as UTF-8.");
        var invalid = Utf8Text.CountInvalid(head);
        if (controls > head.Length / 10 || controls + invalid > head.Length * 3 / 10)
        {
            throw new CsvFormatException(
                $"The file is not UTF-8 text: of its first {head.Length:N0} bytes {controls:N0} are control characters and {invalid:N0} sequences "
                    + "are not UTF-8. If it is a CSV in another encoding, save it as UTF-8."
            );
        }
    }
}
