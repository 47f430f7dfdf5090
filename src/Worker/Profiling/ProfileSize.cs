using Profiles;

namespace Worker.Profiling;

/// <summary>
/// Keeps a profile within the size that a reader may expect. Files of some hundred columns are far from it; in a very wide file each column
/// says less: first its texts are cut, then fewer frequent values are named, and last even its name is cut.
/// </summary>
internal static class ProfileSize
{
    // The numbers of a column with the names of its properties, at their longest; those of a frequent value.
    private const int ColumnBytes = 440;
    private const int FrequentValueBytes = 50;
    private const int ProfileBytes = 300;

    private static readonly ProfileOmissions[] _fromLittleToMuch =
    [
        new(10, 64),
        new(3, 64),
        new(3, 32),
        new(1, 32),
        new(1, 16),
        new(0, 16),
        new(0, 8),
    ];

    /// <summary>The profile, or as much of it as fits, which then says what it leaves out.</summary>
    public static Profile Fit(Profile profile, long maxBytes)
    {
        if (BytesOf(profile, null) <= maxBytes)
            return profile;
        var omissions = _fromLittleToMuch.FirstOrDefault(omissions => BytesOf(profile, omissions) <= maxBytes) ?? _fromLittleToMuch[^1];
        var names = HeaderNames.From([.. profile.Columns.Select(column => Cut(column.Name, omissions))]);
        return profile with
        {
            LeftOut = omissions,
            Columns =
            [
                .. profile.Columns.Select(
                    (column, i) =>
                        column with
                        {
                            Name = names[i],
                            Min = column.Min is null ? null : Cut(column.Min, omissions),
                            Max = column.Max is null ? null : Cut(column.Max, omissions),
                            MostFrequent =
                            [
                                .. column
                                    .MostFrequent.Take(omissions.FrequentValues)
                                    .Select(value => value with { Value = Cut(value.Value, omissions) }),
                            ],
                        }
                ),
            ],
        };
    }

    /// <summary>The bytes of its JSON at most.</summary>
    private static long BytesOf(Profile profile, ProfileOmissions? omissions)
    {
        long bytes = ProfileBytes;
        foreach (var column in profile.Columns)
        {
            bytes += ColumnBytes + BytesOf(column.Name, omissions) + BytesOf(column.Min, omissions) + BytesOf(column.Max, omissions);
            for (var i = 0; i < Math.Min(column.MostFrequent.Count, omissions?.FrequentValues ?? int.MaxValue); i++)
                bytes += FrequentValueBytes + BytesOf(column.MostFrequent[i].Value, omissions);
        }
        return bytes;
    }

    // JSON writes what is not plain as \uXXXX.
    private static long BytesOf(string? text, ProfileOmissions? omissions)
    {
        if (text is null)
            return 0;
        long bytes = 0;
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, omissions?.TextLength ?? int.MaxValue)))
            bytes +=
                char.IsAsciiLetterOrDigit(character) || character is ' ' or '.' or '-' or '_' or ':' or '/' or ',' or '@' or '(' or ')'
                    ? 1
                    : 6;
        return bytes;
    }

    private static string Cut(string text, ProfileOmissions omissions)
    {
        var length = omissions.TextLength;
        if (text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
