using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Profiles;

namespace Worker.Profiling;

/// <summary>Deals the fields of each record out to the columns, and counts what is wrong with records.</summary>
internal sealed class RecordProfiler
{
    private readonly ColumnProfiler[] _columns;
    private readonly ArrayBufferWriter<byte> _repaired = new();
    private long _shortRows;
    private long _longRows;
    private long _invalidSequences;

    /// <summary>Starts with the record that the reader is on as the header.</summary>
    public RecordProfiler(CsvReader header, ProfilingOptions options)
    {
        var sizes = SketchSizes.For(header.FieldCount, options.MemoryBudget);
        var names = new string[header.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            Utf8Text.Repair(header.GetSpan(i), _repaired);
            names[i] = Encoding.UTF8.GetString(Utf8Text.Cut(_repaired.WrittenSpan, SketchSizes.ValueCharacters, SketchSizes.ValueBytes));
        }
        _columns = [.. HeaderNames.From(names).Select(name => new ColumnProfiler(name, sizes))];
        _invalidSequences = Utf8Text.CountInvalid(header.RawRecord);
    }

    public long Rows { get; private set; }

    /// <summary>Adds the record that the reader is on.</summary>
    public void Add(CsvReader record)
    {
        Rows++;
        if (record.FieldCount < _columns.Length)
            _shortRows++;
        else if (record.FieldCount > _columns.Length)
            _longRows++;

        // Separators, quotes and line ends are ASCII, so no invalid sequence reaches from one field into the next.
        var isUtf8 = Utf8.IsValid(record.RawRecord);
        if (!isUtf8)
            _invalidSequences += Utf8Text.CountInvalid(record.RawRecord);

        var fields = Math.Min(record.FieldCount, _columns.Length);
        for (var i = 0; i < fields; i++)
        {
            var field = record.GetSpan(i);
            if (field.IsEmpty)
                continue;
            if (!isUtf8)
            {
                Utf8Text.Repair(field, _repaired);
                field = _repaired.WrittenSpan;
            }
            _columns[i].Add(field);
        }
    }

    public Profile Finish(long bytes, int frequentValues) => new()
    {
        Rows = Rows,
        Bytes = bytes,
        ShortRows = _shortRows,
        LongRows = _longRows,
        InvalidSequences = _invalidSequences,
        Columns = [.. _columns.Select(column => column.Finish(Rows, frequentValues))],
    };
}
