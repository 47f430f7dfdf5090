namespace Worker.Profiling;

/// <summary>The bounds within which a file is profiled.</summary>
internal sealed record ProfilingOptions
{
    /// <summary>
    /// Bytes that the columns may use together at the very worst. <see cref="SketchSizes"/> divides them and says which accuracy
    /// follows from how many columns.
    /// </summary>
    public long MemoryBudget { get; init; } = 128 << 20;

    /// <summary>Bytes of the longest record that is read; the reader's buffer grows to no more than twice that.</summary>
    public int MaxRecordSize { get; init; } = 32 << 20;

    /// <summary>How many of its most frequent values each column shows.</summary>
    public int FrequentValues { get; init; } = 10;
}
