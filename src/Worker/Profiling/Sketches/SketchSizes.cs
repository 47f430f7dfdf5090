namespace Worker.Profiling;

/// <summary>
/// How much a column may remember. The columns share one budget of memory, so the more there are, the less each may keep and the less
/// exact its estimates are. With the default budget of 144 MiB:
/// <list type="table">
/// <listheader><term>columns</term><description>distinct: exact up to, then standard error; quantiles: error of rank at 99 % confidence;
/// frequent values: counters</description></listheader>
/// <item><term>up to 270</term><description>6,144, 0.8 %; 0.4 %; 512</description></item>
/// <item><term>up to 880</term><description>3,072, 0.8 %; 0.5 %; 128</description></item>
/// <item><term>up to 2,700</term><description>768, 1.2 %; 0.8 %; 32; values cut at 256 bytes</description></item>
/// <item><term>up to 11,200</term><description>96, 2.3 %; 3 %; 8; values, least, greatest and name cut at 96 bytes</description></item>
/// <item><term>up to 24,200</term><description>24, 4.6 %; 9 %; 4; likewise at 64 bytes</description></item>
/// </list>
/// More columns than that are refused. Counts, nulls, types, minimum, maximum, mean and deviation do not depend on the size.
/// "Within 3 % of the distinct values" and "within 1 % of rank" hold with high confidence in the first two lines. A column with fewer
/// numbers than its sketch keeps has exact quantiles at any width.
/// </summary>
/// <param name="DistinctSlots">Slots of the set that counts different values exactly; three quarters of them are filled before it gives
/// way.</param>
/// <param name="DistinctPrecision">Binary logarithm of the HyperLogLog registers that follow.</param>
/// <param name="QuantileItems">The size k of the KLL sketch.</param>
/// <param name="FrequentCounters">Values whose occurrences are counted.</param>
/// <param name="FrequentValueBytes">Bytes of UTF-8 that are kept of each.</param>
/// <param name="TextBytes">Bytes of UTF-8 that are kept of the column's name and of the least and greatest text.</param>
/// <param name="QuantileLevels">Binary logarithm of how many times <paramref name="QuantileItems"/> values a column can have.</param>
internal sealed record SketchSizes(
    int DistinctSlots,
    int DistinctPrecision,
    int QuantileItems,
    int FrequentCounters,
    int FrequentValueBytes,
    int TextBytes,
    int QuantileLevels
)
{
    /// <summary>Characters that are kept of a value; the rest is cut.</summary>
    public const int ValueCharacters = 256;

    /// <summary>The bytes of UTF-8 that so many characters have at most.</summary>
    public const int ValueBytes = 3 * ValueCharacters;

    private static readonly SketchSizes[] _fromLargeToSmall =
    [
        new(
            DistinctSlots: 8192,
            DistinctPrecision: 14,
            QuantileItems: 1024,
            FrequentCounters: 512,
            ValueBytes,
            ValueBytes,
            QuantileLevels: 24
        ),
        new(
            DistinctSlots: 4096,
            DistinctPrecision: 14,
            QuantileItems: 768,
            FrequentCounters: 128,
            ValueBytes,
            ValueBytes,
            QuantileLevels: 24
        ),
        new(
            DistinctSlots: 1024,
            DistinctPrecision: 13,
            QuantileItems: 400,
            FrequentCounters: 32,
            FrequentValueBytes: 256,
            TextBytes: 256,
            QuantileLevels: 24
        ),
        new(
            DistinctSlots: 128,
            DistinctPrecision: 11,
            QuantileItems: 100,
            FrequentCounters: 8,
            FrequentValueBytes: 96,
            TextBytes: 96,
            QuantileLevels: 20
        ),
        // Of so many columns no file that fits a disk has more values than this.
        new(
            DistinctSlots: 32,
            DistinctPrecision: 9,
            QuantileItems: 32,
            FrequentCounters: 4,
            FrequentValueBytes: 64,
            TextBytes: 64,
            QuantileLevels: 14
        ),
    ];

    /// <summary>
    /// The bytes of a column whose every value is long and different: a text has no quantiles, and a number has its limit.
    /// </summary>
    public long WorstCaseBytes
    {
        get
        {
            const int objects = 1024;
            var distinct = DistinctSlots * sizeof(long) + (1 << DistinctPrecision);
            // The name is kept as UTF-16.
            var texts = 4 * TextBytes;
            var text = FrequentCounters * FrequentValueBytes;
            var number =
                2 * FieldValue.MaxTypedLength
                + FrequentCounters * Math.Min(FieldValue.MaxTypedLength, FrequentValueBytes)
                + QuantileSketch.MaxBytes(QuantileItems, QuantileLevels);
            return objects + texts + distinct + FrequentCounters * FrequentValues.BytesPerCounter + Math.Max(text, number);
        }
    }

    /// <summary>How many columns a budget has room for.</summary>
    public static int MaxColumns(long memoryBudget) => (int)(memoryBudget / _fromLargeToSmall[^1].WorstCaseBytes);

    /// <summary>The largest sketches of which so many fit the budget.</summary>
    /// <exception cref="CsvFormatException">There are more columns than the budget has room for.</exception>
    public static SketchSizes For(int columns, long memoryBudget)
    {
        foreach (var sizes in _fromLargeToSmall)
        {
            if (sizes.WorstCaseBytes * columns <= memoryBudget)
                return sizes;
        }
        throw new CsvFormatException(
            $"The header (record 1) has {columns:N0} columns; at most {MaxColumns(memoryBudget):N0} can be profiled. "
                + "Split the file by columns, or turn it so that its columns are rows."
        );
    }
}
