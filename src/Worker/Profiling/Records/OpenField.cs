namespace Worker.Profiling.Records;

/// <summary>The field in hand, whose end is not found yet: which of its bytes count, for quotes are taken out where they stand.</summary>
internal struct OpenField()
{
    /// <summary>A field that is longer is taken in pieces.</summary>
    public const int LongLength = 64 << 10;

    private State _state;

    // Where its bytes start, where those end that are without quotes already, and where the others begin.
    private int _start = RecordBlock.Start;
    private int _cleanEnd;
    private int _restStart = RecordBlock.Start;
    private int _lastQuote;
    private LongField? _pieces;

    private enum State
    {
        Unquoted,
        Quoted,

        /// <summary>Behind a quote that closes the field, unless another one follows at once.</summary>
        Closed,
    }

    /// <summary>Where its bytes start.</summary>
    public readonly int Start => _start;

    /// <summary>Whether separators and line ends belong to it.</summary>
    public readonly bool IsInQuotes => _state is State.Quoted;

    /// <summary>Whether all between here and the next separator or line end is the field, as long as there is no quote.</summary>
    public readonly bool IsPlain => _state is State.Unquoted && _pieces is null;

    /// <summary>Whether it is empty so far, without quotes too.</summary>
    public readonly bool HasNothing(int position) => IsPlain && position <= _start;

    /// <summary>Begins the next field.</summary>
    public void Begin(int at)
    {
        _state = State.Unquoted;
        _pieces = null;
        _start = _restStart = _cleanEnd = at;
    }

    public void MeetQuote(RecordBlock block, int at)
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
        else if (at == _start && _pieces is null)
        {
            _state = State.Quoted;
            _start = _restStart = _cleanEnd = at + 1;
        }
    }

    /// <summary>The field that ends here. A long one is added to those of the block.</summary>
    public Field End(RecordBlock block, int at)
    {
        var end = CleanTo(block, at);
        if (_pieces is null)
            return new Field(_start, end - _start);
        _pieces.Append(block.Bytes.AsSpan(_start, end - _start));
        block.LongFields.Add(_pieces);
        return new Field(block.LongFields.Count - 1, Field.Long);
    }

    /// <summary>Takes what the block has of a long field, but for the beginning of a character.</summary>
    public void TakePiece(RecordBlock block)
    {
        var bytes = block.Bytes.AsSpan(_start, CleanTo(block, block.End) - _start);
        var open = Utf8Text.OpenEnd(bytes);
        (_pieces ??= new LongField()).Append(bytes[..^open]);
        bytes[^open..].CopyTo(block.Bytes.AsSpan(block.End - open));
        _start = block.End - open;
        _restStart = _cleanEnd = block.End;
    }

    /// <summary>Follows its bytes to where they were moved, so much nearer to the block's start.</summary>
    public void Shift(int bytes)
    {
        _start -= bytes;
        _cleanEnd -= bytes;
        _restStart -= bytes;
        _lastQuote -= bytes;
    }

    private int CleanTo(RecordBlock block, int end)
    {
        if (_state is State.Unquoted)
            return end;
        Clean(block, end);
        return _cleanEnd;
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
}
