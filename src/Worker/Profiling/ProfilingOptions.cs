namespace Worker.Profiling;

/// <summary>The bounds within which a file is profiled.</summary>
internal sealed record ProfilingOptions
{
    public const long DefaultMemoryBudget = 144 << 20;

    /// <summary>
    /// Bytes that the columns, their names and what is said of them may use together at the very worst. <see cref="SketchSizes"/> divides
    /// them and says which accuracy follows from how many columns.
    /// </summary>
    public long MemoryBudget { get; init; } = DefaultMemoryBudget;

    /// <summary>Bytes of the longest record that is read.</summary>
    public int MaxRecordSize { get; init; } = 32 << 20;

    /// <summary>
    /// Bytes that a profile may have as JSON. Only a file of thousands of columns has one that long: it then says what it leaves out.
    /// </summary>
    public int MaxProfileSize { get; init; } = 16 << 20;

    /// <summary>How many of its most frequent values each column shows.</summary>
    public int FrequentValues { get; init; } = 10;
}
