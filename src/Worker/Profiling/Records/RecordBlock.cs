using System.Buffers;

namespace Worker.Profiling.Records;

/// <summary>Some of a file's bytes and the fields that end in them, in the file's order. A file needs three, again and again.</summary>
internal sealed class RecordBlock(int size = RecordBlock.LargestSize) : IDisposable
{
    /// <summary>Bytes that a block of a file holds which has more of them.</summary>
    public const int LargestSize = 256 << 10;

    private const int MostFields = 64 << 10;

    // The byte before the first, and as many behind the last as are looked at at once.
    private const int Before = 1;
    private const int Behind = 64;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(Before + size + Behind);
    private readonly Field[] _fields = ArrayPool<Field>.Shared.Rent(MaxFieldsOf(size));

    /// <summary>The bytes, of which those from <see cref="Start"/> to <see cref="End"/> are the file's.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Where the file's bytes start.</summary>
    public static int Start => Before;

    /// <summary>Where they end.</summary>
    public int End { get; set; } = Before;

    /// <summary>Where the next bytes of the file go.</summary>
    public Memory<byte> Free => _bytes.AsMemory(End, Before + size - End);

    /// <summary>The fields, without those beyond the last column.</summary>
    public Field[] Fields => _fields;

    public int FieldCount { get; set; }

    /// <summary>Fields that the block holds; so many end it before its bytes do.</summary>
    public int MaxFields { get; } = MaxFieldsOf(size);

    /// <summary>
    /// Stretches of <see cref="Fields"/> in which each is in the column after the one before it, the first column being after the last.
    /// </summary>
    public List<FieldRun> Runs { get; } = [];

    /// <summary>Fields that are longer than a block should have to hold; <see cref="Field.Start"/> is their number here.</summary>
    public List<LongField> LongFields { get; } = [];

    /// <summary>Whether no field has bytes that are not UTF-8.</summary>
    public bool IsUtf8 { get; set; } = true;

    /// <summary>The bytes of a field that is not a long one.</summary>
    public ReadOnlySpan<byte> this[Field field] => _bytes.AsSpan(field.Start, field.Length);

    public void Clear()
    {
        End = Before;
        FieldCount = 0;
        Runs.Clear();
        LongFields.Clear();
        IsUtf8 = true;
    }

    // A byte ends one field, and as many again may be filled up.
    private static int MaxFieldsOf(int size) => Math.Min(MostFields, 2 * (size + Behind));

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<Field>.Shared.Return(_fields);
    }
}

/// <summary>Where a field's value stands in its block, without quotes.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many there are; <see cref="Long"/> for one of the block's long fields.</param>
internal readonly record struct Field(int Start, int Length)
{
    public const int Long = -1;
}

/// <summary>A stretch of a block's fields.</summary>
/// <param name="First">The number of the first in its block.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Column">The column of the first.</param>
internal readonly record struct FieldRun(int First, int Count, int Column);
