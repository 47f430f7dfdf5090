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

    /// <summary>Adds a number or a time to others of its kind.</summary>
    public void AddTyped(in FieldValue value, ReadOnlySpan<byte> field)
    {
        // Where the nearest doubles are in order, so are the numbers; of times they are all zero.
        if (_hasValues && value.Number > _min.Value.Number && value.Number < _max.Value.Number)
            return;
        Add(value, field);
    }

    private void Add(in FieldValue value, ReadOnlySpan<byte> field)
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
        var missing = 8 * (sizeof(ulong) - field.Length);
        return field.Length switch
        {
            >= sizeof(ulong) => BinaryPrimitives.ReadUInt64BigEndian(field),
            // Both halves have the bytes in the middle.
            >= sizeof(uint) => (ulong)BinaryPrimitives.ReadUInt32BigEndian(field) << 32
                | (ulong)BinaryPrimitives.ReadUInt32BigEndian(field[^sizeof(uint)..]) << missing,
            > 0 => (ulong)field[0] << 56 | (ulong)field[field.Length / 2] << (56 - 8 * (field.Length / 2)) | (ulong)field[^1] << missing,
            _ => 0,
        };
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
