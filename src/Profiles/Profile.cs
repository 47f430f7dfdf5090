namespace Profiles;

/// <summary>What a CSV file holds, column by column.</summary>
public sealed record Profile
{
    /// <summary>Records after the header.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes read, the header and a byte order mark among them.</summary>
    public required long Bytes { get; init; }

    /// <summary>Records that have fewer fields than the header; what they lack counts as null.</summary>
    public long ShortRows { get; init; }

    /// <summary>Records that have more fields than the header; the surplus is in no column.</summary>
    public long LongRows { get; init; }

    /// <summary>Byte sequences that are not UTF-8, each read as U+FFFD.</summary>
    public long InvalidSequences { get; init; }

    /// <summary>What is left out so that the profile of a very wide file has a size that can be read; null where nothing is.</summary>
    public ProfileOmissions? LeftOut { get; init; }

    /// <summary>The columns in the file's order.</summary>
    public required IReadOnlyList<ColumnProfile> Columns { get; init; }
}

/// <summary>To what the columns of a profile were shortened.</summary>
/// <param name="FrequentValues">How many frequent values a column names at most.</param>
/// <param name="TextLength">How many characters names and values have at most.</param>
public sealed record ProfileOmissions(int FrequentValues, int TextLength);

/// <summary>What one column holds.</summary>
public sealed record ColumnProfile
{
    /// <summary>The header's text; <c>column 3</c> where it is empty, and <c>name (2)</c> where it is the second of that name.</summary>
    public required string Name { get; init; }

    /// <summary>The narrowest type that every value has.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>Values that are not null. <see cref="Count"/> and <see cref="Nulls"/> add up to the rows.</summary>
    public required long Count { get; init; }

    /// <summary>Empty and missing values.</summary>
    public required long Nulls { get; init; }

    /// <summary>
    /// The least value as it stands in the file, cut at 256 characters, earlier in files of thousands of columns: by number, by time, else
    /// by the order of Unicode code points.
    /// </summary>
    public string? Min { get; init; }

    /// <summary>The greatest value, likewise.</summary>
    public string? Max { get; init; }

    /// <summary>The mean of a numeric column.</summary>
    public double? Mean { get; init; }

    /// <summary>The sample standard deviation (n − 1) of a numeric column of at least two values.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Quantiles of a numeric column, within 1 % of rank in files of up to some hundred columns.</summary>
    public Quantiles? Quantiles { get; init; }

    /// <summary>
    /// How many different values there are, told apart as they are written (<c>1.0</c> is not <c>1.00</c>); an estimate where
    /// <see cref="DistinctIsExact"/> is not set, within 3 % in files of up to some hundred columns.
    /// </summary>
    public required long Distinct { get; init; }

    /// <summary>Whether <see cref="Distinct"/> was counted, not estimated.</summary>
    public required bool DistinctIsExact { get; init; }

    /// <summary>
    /// The values that occur most often, the most frequent first: those of which that is certain. A column of very many values that
    /// hardly repeat has none.
    /// </summary>
    public required IReadOnlyList<FrequentValue> MostFrequent { get; init; }
}

/// <summary>Types that a column can have, from narrow to wide.</summary>
public enum ColumnType
{
    /// <summary>No value at all.</summary>
    Empty,

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    Boolean,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Numbers, among them at least one with a fraction or an exponent.</summary>
    Number,

    /// <summary>Dates, with or without a time, in the extended format of ISO 8601.</summary>
    Timestamp,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>The values below which so many of every hundred lie.</summary>
public sealed record Quantiles(double P01, double P05, double P25, double P50, double P75, double P95, double P99);

/// <summary>A value and how often it occurs.</summary>
/// <param name="Value">The value, cut at 256 characters; earlier in files of thousands of columns.</param>
/// <param name="Count">How often; where <paramref name="IsExact"/> is not set, at most so often.</param>
/// <param name="IsExact">Whether every occurrence was counted.</param>
public sealed record FrequentValue(string Value, long Count, bool IsExact);
