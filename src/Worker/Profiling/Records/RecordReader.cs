using System.Text;
using System.Text.Unicode;

namespace Worker.Profiling.Records;

/// <summary>
/// Reads CSV records from a stream, a block at a time, in room that depends on nothing in the file:
/// <list type="bullet">
/// <item>The first record is the header. Lines without any byte are no records; <c>""</c> alone on its line is one.</item>
/// <item>CR, LF and CR LF end a record. A quote within an unquoted field is a character like others, and text after a closing
/// quote belongs to the field.</item>
/// <item>A quoted field that never ends, or a record longer than <see cref="ProfilingOptions.MaxRecordSize"/>, is refused: what follows
/// it would be counted wrong.</item>
/// </list>
/// </summary>
internal sealed class RecordReader(Stream input, char separator, int maxRecordSize, int maxColumns) : IDisposable
{
    private readonly RecordScanner _scanner = new(separator) { MaxHeaderFields = maxColumns };
    private readonly RecordBlock[] _blocks = new RecordBlock[3];
    private RecordBlock? _current;
    private int _number;
    private bool _isEnd;
    private int _openEnd;

    /// <summary>Records after the header that have ended.</summary>
    public long Rows => Math.Max(0, _scanner.Records - 1);

    /// <summary>Bytes that are read at once: of a small file no more than it has.</summary>
    public int BlockSize { get; init; } = RecordBlock.LargestSize;

    public long ShortRows => _scanner.ShortRecords;

    public long LongRows => _scanner.LongRecords;

    /// <summary>Byte sequences that are not UTF-8.</summary>
    public long InvalidSequences { get; private set; }

    /// <summary>How many fields the header has, once it has been read.</summary>
    public int? HeaderFields { get; private set; }

    /// <summary>What follows the header has so many columns. Fields beyond them are counted, not kept.</summary>
    public void SetColumns(int columns) => _scanner.SetColumns(columns);

    /// <summary>
    /// The next block, or null at the end. It may be in use while the two after it are read, no longer. The header has blocks of its own.
    /// </summary>
    /// <exception cref="CsvFormatException">A quote is never closed, or a record is too long.</exception>
    public async ValueTask<RecordBlock?> ReadAsync(CancellationToken ct)
    {
        if (_isEnd && !_scanner.HasRest(_current!))
            return null;
        var next = Other();
        var isFirst = _current is null;
        if (_current is not null)
            _scanner.MoveRest(_current, next);
        _current = next;

        var readFrom = next.End;
        while (!_isEnd && next.Free.Length > 0)
        {
            var read = await input.ReadAsync(next.Free, ct);
            next.End += read;
            _isEnd = read == 0;
        }
        CheckUtf8(next, readFrom);
        if (isFirst && next.Bytes.AsSpan(RecordBlock.Start, next.End - RecordBlock.Start).StartsWith(Encoding.UTF8.Preamble))
            _scanner.Skip(Encoding.UTF8.Preamble.Length);
        if (_scanner.Scan(next, _isEnd) && HeaderFields is null)
            HeaderFields = _scanner.HeaderFields;
        CheckRecord(next);
        return next;
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
            block?.Dispose();
    }

    private RecordBlock Other()
    {
        _number = (_number + 1) % _blocks.Length;
        return _blocks[_number] ??= new RecordBlock(BlockSize);
    }

    // A character whose bytes are in two blocks counts with the second: its first bytes were moved there.
    private void CheckUtf8(RecordBlock block, int readFrom)
    {
        if (block.End == readFrom && !_isEnd)
            return;
        var bytes = block.Bytes.AsSpan(readFrom - _openEnd, block.End - readFrom + _openEnd);
        _openEnd = _isEnd ? 0 : Utf8Text.OpenEnd(bytes);
        bytes = bytes[..^_openEnd];
        if (Utf8.IsValid(bytes))
            return;
        block.IsUtf8 = false;
        InvalidSequences += Utf8Text.CountInvalid(bytes);
    }

    private void CheckRecord(RecordBlock block)
    {
        var number = _scanner.Records + 1;
        if (_isEnd && _scanner.IsInQuotes && !_scanner.HasUnscanned(block))
        {
            throw new CsvFormatException(
                $"Record {number:N0} (line {_scanner.RecordLine:N0}) opens a quote (\") that is never closed, so the rest of the "
                    + "file would be one field. Close the quote, or double it where it is part of the text."
            );
        }
        if (_scanner.RecordLength > maxRecordSize)
        {
            throw new CsvFormatException(
                $"Record {number:N0} (line {_scanner.RecordLine:N0}) is longer than {maxRecordSize / (1 << 20)} MiB. "
                    + "Most often a quote (\") is opened there and never closed: close or double it."
            );
        }
    }
}
