using System.Buffers.Binary;
using System.Text;

namespace Worker.Profiling;

/// <summary>The least and the greatest of values of one kind, as they stand in the file. Of equal ones the first stays.</summary>
internal sealed class Extremes
{
    private Extreme _min;
    private Extreme _max;
    private bool _hasValues;

    public string? Min => _hasValues ? _min.ToString() : null;

    public string? Max => _hasValues ? _max.ToString() : null;

    /// <summary>Adds a text, whose order is that of its bytes.</summary>
    public void AddText(ReadOnlySpan<byte> field)
    {
        var beginning = Beginning(field);
        if (_hasValues && beginning > _min.Beginning && beginning < _max.Beginning)
            return;
        Add(FieldValue.Text, field);
    }

    public void Add(in FieldValue value, ReadOnlySpan<byte> field)
    {
        if (!_hasValues)
        {
            _hasValues = true;
            _min.Keep(value, field);
            _max.Keep(value, field);
        }
        else if (FieldValue.Compare(value, field, _min.Value, _min.Field) < 0)
        {
            _min.Keep(value, field);
        }
        else if (FieldValue.Compare(value, field, _max.Value, _max.Field) > 0)
        {
            _max.Keep(value, field);
        }
    }

    /// <summary>The first eight bytes, as a number of the same order.</summary>
    private static ulong Beginning(ReadOnlySpan<byte> field)
    {
        if (field.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(field);
        var beginning = 0UL;
        foreach (var b in field)
            beginning = beginning << 8 | b;
        return field.IsEmpty ? 0 : beginning << (8 * (sizeof(ulong) - field.Length));
    }

    private struct Extreme
    {
        public FieldValue Value;
        public ulong Beginning;
        private byte[]? _field;
        private int _length;

        public readonly ReadOnlySpan<byte> Field => _field.AsSpan(0, _length);

        public void Keep(in FieldValue value, ReadOnlySpan<byte> field)
        {
            Value = value;
            Beginning = Extremes.Beginning(field);
            if (_field is null || _field.Length < field.Length)
                _field = new byte[field.Length];
            field.CopyTo(_field);
            _length = field.Length;
        }

        public override readonly string ToString() => Encoding.UTF8.GetString(Field);
    }
}
