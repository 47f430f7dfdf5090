using System.Numerics;
using System.Runtime.InteropServices;

namespace Worker.Profiling.Records;

/// <summary>
/// Finds the fields of CSV records in the bytes of a file, block after block, 64 bytes at once. A record may go on in any number of blocks;
/// a field that does is moved to the next one while it is short, else taken in pieces.
/// </summary>
internal sealed class RecordScanner(char separator)
{
    private const int AtOnce = 64;

    private readonly byte _separator = (byte)separator;

    private OpenField _field = new();
    private int _position = RecordBlock.Start;
    private int _columns = int.MaxValue;
    private int _column;
    private int _runFirst;
    private int _runColumn;

    private long _line = 1;
    private long _bytesBefore = -RecordBlock.Start;

    /// <summary>Records that have ended, the header among them.</summary>
    public long Records { get; private set; }

    /// <summary>Records with fewer fields than there are columns, and with more.</summary>
    public long ShortRecords { get; private set; }

    /// <inheritdoc cref="ShortRecords"/>
    public long LongRecords { get; private set; }

    /// <summary>The line in which the record in hand starts.</summary>
    public long RecordLine { get; private set; } = 1;

    /// <summary>Where in the file it starts.</summary>
    private long RecordStart { get; set; }

    /// <summary>The bytes of the record in hand so far.</summary>
    public long RecordLength => _bytesBefore + _position - RecordStart;

    /// <summary>The fields of the header, once <see cref="Scan"/> said that it has ended.</summary>
    public int HeaderFields { get; private set; }

    /// <summary>Whether a quoted field is open.</summary>
    public bool IsInQuotes => _field.IsInQuotes;

    private bool IsInRecord => _column > 0 || !_field.HasNothing(_position);

    /// <summary>Whether something of the block, which is the file's last, is still to be found.</summary>
    public bool HasRest(RecordBlock block) => HasUnscanned(block) || IsInRecord;

    /// <summary>Whether the block was full of fields before all its bytes were looked at.</summary>
    public bool HasUnscanned(RecordBlock block) => _position < block.End;

    /// <summary>Leaves out the bytes at the start of the file.</summary>
    public void Skip(int bytes) => SkipTo(_position + bytes);

    /// <summary>From now on there are so many columns: fields beyond them are counted, not kept.</summary>
    public void SetColumns(int columns) => _columns = columns;

    /// <summary>Does not keep more of the header's fields than so many.</summary>
    public int MaxHeaderFields { get; init; } = int.MaxValue;

    /// <summary>Finds the fields that end in the block. It stops where the block is full of fields, and behind the header.</summary>
    /// <returns>Whether the header ended in this block.</returns>
    public bool Scan(RecordBlock block, bool isEnd)
    {
        _runFirst = block.FieldCount;
        // What is beyond the last column is not kept: the next field that is will be in the first.
        _runColumn = _column < _columns ? _column : 0;
        var endsHeader = ScanBytes(block);
        if (isEnd && !endsHeader && _position == block.End && !IsInQuotes && IsInRecord && block.FieldCount < block.MaxFields)
        {
            EndField(block, block.End);
            endsHeader = EndRecord(block, block.End);
        }
        EndRun(block);
        return endsHeader;
    }

    /// <summary>Moves what the next block has to begin with: the field in hand, and what was not scanned.</summary>
    public void MoveRest(RecordBlock block, RecordBlock next)
    {
        next.Clear();
        if (_position == block.End && block.End - _field.Start > OpenField.LongLength)
            _field.TakePiece(block);
        var shift = _field.Start - RecordBlock.Start;
        var rest = block.Bytes.AsSpan(_field.Start - 1, block.End - _field.Start + 1);
        rest.CopyTo(next.Bytes);
        next.End = block.End - shift;
        next.IsUtf8 = block.IsUtf8 || rest.Length == 1;
        _position -= shift;
        _field.Shift(shift);
        _bytesBefore += shift;
    }

    private bool ScanBytes(RecordBlock block)
    {
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(block.Bytes);
        var end = block.End;
        while (_position < end)
        {
            var from = _position;
            var found = SpecialBytes.Find(ref bytes, from, _separator, out var quotes);
            if (end - from < AtOnce)
            {
                var before = (1UL << (end - from)) - 1;
                found &= before;
                quotes &= before;
            }
            var isPlain = quotes == 0 && _field.IsPlain && _columns != int.MaxValue;
            if (isPlain && block.FieldCount < block.MaxFields - AtOnce)
                found = ScanPlain(block, from, found);
            for (; found != 0; found &= found - 1)
            {
                var at = from + BitOperations.TrailingZeroCount(found);
                var b = block.Bytes[at];
                if (b == SpecialBytes.Quote)
                {
                    _field.MeetQuote(block, at);
                    continue;
                }
                if (b == _separator)
                {
                    if (IsInQuotes)
                        continue;
                    EndField(block, at);
                }
                else
                {
                    CountLine(block, at);
                    if (IsInQuotes)
                        continue;
                    if (EndLine(block, at))
                        return true;
                }
                if (block.FieldCount == block.MaxFields)
                {
                    _position = at + 1;
                    return false;
                }
            }
            _position = Math.Min(from + AtOnce, end);
        }
        return false;
    }

    /// <summary>Takes fields without quotes, as most are, while the block has room for all that 64 bytes may hold.</summary>
    /// <returns>What is still to be looked at.</returns>
    private ulong ScanPlain(RecordBlock block, int from, ulong found)
    {
        var bytes = block.Bytes;
        var fields = block.Fields;
        while (true)
        {
            var start = _field.Start;
            var column = _column;
            var count = block.FieldCount;
            var at = 0;
            for (; found != 0; found &= found - 1)
            {
                at = from + BitOperations.TrailingZeroCount(found);
                if (bytes[at] != _separator)
                    break;
                if (column < _columns)
                    fields[count++] = new Field(start, at - start);
                column++;
                start = at + 1;
            }
            block.FieldCount = count;
            _column = column;
            _field.Begin(start);
            if (found == 0)
                return 0;

            CountLine(block, at);
            EndLine(block, at);
            found &= found - 1;
            // What a record lacks was filled up.
            if (block.FieldCount >= block.MaxFields - AtOnce)
                return found;
        }
    }

    private void CountLine(RecordBlock block, int at)
    {
        if (block.Bytes[at] == SpecialBytes.Return || block.Bytes[at - 1] != SpecialBytes.Return)
            _line++;
    }

    /// <summary>Ends the record in hand, if there is one: a line without any byte is none.</summary>
    /// <returns>Whether it is the header.</returns>
    private bool EndLine(RecordBlock block, int at)
    {
        _position = at;
        if (IsInRecord)
        {
            EndField(block, at);
            return EndRecord(block, at + 1);
        }
        SkipTo(at + 1);
        return false;
    }

    private void EndField(RecordBlock block, int at)
    {
        if (_column < _columns && (_columns != int.MaxValue || _column < MaxHeaderFields))
            block.Fields[block.FieldCount++] = _field.End(block, at);
        _column++;
        _field.Begin(at + 1);
    }

    private bool EndRecord(RecordBlock block, int next)
    {
        Records++;
        var fields = _column;
        _column = 0;
        SkipTo(next);
        if (_columns == int.MaxValue)
        {
            HeaderFields = fields;
            return true;
        }
        if (fields > _columns)
        {
            LongRecords++;
        }
        else if (fields < _columns)
        {
            ShortRecords++;
            FillUp(block, fields);
        }
        return false;
    }

    // Empty fields for the few that are missing keep the run together; what lacks most of its fields ends it.
    private void FillUp(RecordBlock block, int fields)
    {
        var missing = _columns - fields;
        if (missing <= fields && block.FieldCount + missing < block.MaxFields)
        {
            block.Fields.AsSpan(block.FieldCount, missing).Clear();
            block.FieldCount += missing;
            return;
        }
        EndRun(block);
        _runFirst = block.FieldCount;
        _runColumn = 0;
    }

    private void EndRun(RecordBlock block)
    {
        if (block.FieldCount > _runFirst)
            block.Runs.Add(new FieldRun(_runFirst, block.FieldCount - _runFirst, _runColumn));
    }

    private void SkipTo(int next)
    {
        _position = next;
        _field.Begin(next);
        RecordLine = _line;
        RecordStart = _bytesBefore + next;
    }
}
