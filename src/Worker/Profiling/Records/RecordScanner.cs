using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Worker.Profiling.Records;

/// <summary>
/// Finds the fields of CSV records in the bytes of a file, block after block. It looks at 64 bytes at once for those that mean something,
/// and takes quotes out where they stand. A record may go on in any number of blocks; a field that does is moved to the next one while it is
/// short, else taken in pieces.
/// </summary>
internal sealed class RecordScanner(char separator)
{
    private const int LongFieldLength = 64 << 10;
    private const byte Quote = (byte)'"';
    private const byte Return = (byte)'\r';

    private readonly byte _separator = (byte)separator;

    private State _state;
    private int _position = RecordBlock.Start;
    private int _columns = int.MaxValue;
    private int _column;
    private int _runFirst;
    private int _runColumn;

    // The field in hand: where its bytes start, where those stand that are without quotes already, and where the others begin.
    private int _fieldStart = RecordBlock.Start;
    private int _cleanEnd;
    private int _restStart = RecordBlock.Start;
    private int _lastQuote;
    private LongField? _longField;

    private long _line = 1;
    private long _bytesBefore = -RecordBlock.Start;

    private enum State
    {
        Unquoted,
        Quoted,

        /// <summary>Behind a quote that closes the field, unless another one follows at once.</summary>
        Closed,
    }

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
    public bool IsInQuotes => _state is State.Quoted;

    private bool IsInRecord => _column > 0 || _state is not State.Unquoted || _position > _fieldStart || _longField is not null;

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
        if (isEnd && !endsHeader && _position == block.End && !IsInQuotes && IsInRecord && block.FieldCount < RecordBlock.MaxFields)
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
        if (_position == block.End && block.End - _fieldStart > LongFieldLength)
            TakePiece(block);
        var shift = _fieldStart - RecordBlock.Start;
        var rest = block.Bytes.AsSpan(_fieldStart - 1, block.End - _fieldStart + 1);
        rest.CopyTo(next.Bytes);
        next.End = block.End - shift;
        next.IsUtf8 = block.IsUtf8 || rest.Length == 1;
        _position -= shift;
        _cleanEnd -= shift;
        _restStart -= shift;
        _lastQuote -= shift;
        _fieldStart = RecordBlock.Start;
        _bytesBefore += shift;
    }

    private bool ScanBytes(RecordBlock block)
    {
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(block.Bytes);
        var end = block.End;
        while (_position < end)
        {
            var from = _position;
            var found = Find(ref bytes, from, _separator);
            if (end - from < 64)
                found &= (1UL << (end - from)) - 1;
            for (; found != 0; found &= found - 1)
            {
                var at = from + BitOperations.TrailingZeroCount(found);
                var b = block.Bytes[at];
                if (b == Quote)
                {
                    MeetQuote(block, at);
                    continue;
                }
                if (b == _separator)
                {
                    if (_state is State.Quoted)
                        continue;
                    EndField(block, at);
                }
                else
                {
                    if (b == Return || block.Bytes[at - 1] != Return)
                        _line++;
                    if (_state is State.Quoted)
                        continue;
                    _position = at;
                    if (!IsInRecord)
                    {
                        SkipTo(at + 1);
                        continue;
                    }
                    EndField(block, at);
                    if (EndRecord(block, at + 1))
                        return true;
                }
                if (block.FieldCount == RecordBlock.MaxFields)
                {
                    _position = at + 1;
                    return false;
                }
            }
            _position = Math.Min(from + 64, end);
        }
        return false;
    }

    private void MeetQuote(RecordBlock block, int at)
    {
        if (_state is State.Quoted)
        {
            // Where it is the first of two, the other one begins the rest.
            Clean(block, at);
            _restStart = at + 1;
            _lastQuote = at;
            _state = State.Closed;
        }
        else if (_state is State.Closed)
        {
            if (at == _lastQuote + 1)
                _state = State.Quoted;
        }
        else if (at == _fieldStart && _longField is null)
        {
            _state = State.Quoted;
            _restStart = at + 1;
            _fieldStart = _cleanEnd = at + 1;
        }
    }

    // Joins the bytes up to here to those that are without quotes already.
    private void Clean(RecordBlock block, int end)
    {
        if (_cleanEnd < _restStart)
        {
            var length = end - _restStart;
            block.Bytes.AsSpan(_restStart, length).CopyTo(block.Bytes.AsSpan(_cleanEnd));
            _cleanEnd += length;
        }
        else
        {
            _cleanEnd = end;
        }
    }

    private void EndField(RecordBlock block, int at)
    {
        var end = at;
        if (_state is not State.Unquoted)
        {
            Clean(block, at);
            end = _cleanEnd;
        }
        if (_column < _columns && (_columns != int.MaxValue || _column < MaxHeaderFields))
        {
            block.Fields[block.FieldCount++] = _longField is null
                ? new Field(_fieldStart, end - _fieldStart)
                : EndLongField(block, block.Bytes.AsSpan(_fieldStart, end - _fieldStart));
        }
        _longField = null;
        _state = State.Unquoted;
        _column++;
        _fieldStart = _restStart = _cleanEnd = at + 1;
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
        if (missing <= fields && block.FieldCount + missing < RecordBlock.MaxFields)
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
        _position = _fieldStart = _restStart = _cleanEnd = next;
        RecordLine = _line;
        RecordStart = _bytesBefore + next;
    }

    private void TakePiece(RecordBlock block)
    {
        var end = block.End;
        if (_state is not State.Unquoted)
        {
            Clean(block, end);
            end = _cleanEnd;
        }
        var bytes = block.Bytes.AsSpan(_fieldStart, end - _fieldStart);
        var open = Utf8Text.OpenEnd(bytes);
        (_longField ??= new LongField()).Append(bytes[..^open]);
        bytes[^open..].CopyTo(block.Bytes.AsSpan(block.End - open));
        _fieldStart = block.End - open;
        _restStart = _cleanEnd = block.End;
    }

    private Field EndLongField(RecordBlock block, ReadOnlySpan<byte> last)
    {
        _longField!.Append(last);
        block.LongFields.Add(_longField);
        return new Field(block.LongFields.Count - 1, Field.Long);
    }

    /// <summary>Which of 64 bytes are quotes, separators or line ends: a bit each, the lowest for the first.</summary>
    private static ulong Find(ref byte bytes, int at, byte separator)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var all = Vector512.LoadUnsafe(ref bytes, (nuint)at);
            return (
                Vector512.Equals(all, Vector512.Create(separator))
                | Vector512.Equals(all, Vector512.Create(Quote))
                | Vector512.Equals(all, Vector512.Create((byte)'\n'))
                | Vector512.Equals(all, Vector512.Create(Return))
            ).ExtractMostSignificantBits();
        }
        if (Vector256.IsHardwareAccelerated)
            return Find256(ref bytes, at, separator) | (ulong)Find256(ref bytes, at + 32, separator) << 32;
        return Find128(ref bytes, at, separator)
            | (ulong)Find128(ref bytes, at + 16, separator) << 16
            | (ulong)Find128(ref bytes, at + 32, separator) << 32
            | (ulong)Find128(ref bytes, at + 48, separator) << 48;
    }

    private static uint Find256(ref byte bytes, int at, byte separator)
    {
        var half = Vector256.LoadUnsafe(ref bytes, (nuint)at);
        return (
            Vector256.Equals(half, Vector256.Create(separator))
            | Vector256.Equals(half, Vector256.Create(Quote))
            | Vector256.Equals(half, Vector256.Create((byte)'\n'))
            | Vector256.Equals(half, Vector256.Create(Return))
        ).ExtractMostSignificantBits();
    }

    private static uint Find128(ref byte bytes, int at, byte separator)
    {
        var quarter = Vector128.LoadUnsafe(ref bytes, (nuint)at);
        return (
            Vector128.Equals(quarter, Vector128.Create(separator))
            | Vector128.Equals(quarter, Vector128.Create(Quote))
            | Vector128.Equals(quarter, Vector128.Create((byte)'\n'))
            | Vector128.Equals(quarter, Vector128.Create(Return))
        ).ExtractMostSignificantBits();
    }
}
