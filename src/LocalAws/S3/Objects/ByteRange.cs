namespace LocalAws.S3.Objects;

/// <summary>Which bytes of an object an answer has.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Length">How many.</param>
/// <param name="IsPartial">Whether the caller asked for less than the whole: 206.</param>
internal readonly record struct ByteRange(long Start, long Length, bool IsPartial)
{
    /// <summary>The range that a request asks for, by the header <c>Range</c> or the number of a part.</summary>
    /// <exception cref="S3Exception">The object has no such bytes.</exception>
    public static ByteRange Of(S3Request request, StoredObject stored)
    {
        var whole = new ByteRange(0, stored.Size, false);
        if (request.Parameter("partNumber") is not null)
            return OfPart(request.Number("partNumber", 1, 10_000, 1), stored);
        if (request.Header("Range") is not { } header)
            return whole;
        // S3 ignores a header that it does not understand, and one with several ranges.
        if (!header.StartsWith("bytes=", StringComparison.Ordinal) || header["bytes=".Length..].Split('-') is not [var first, var last])
            return whole;
        return Parse(first.Trim(), last.Trim(), stored.Size) switch
        {
            null => whole,
            { Length: 0 } => throw S3Exception.InvalidRange(header, stored.Size),
            { } range => range,
        };
    }

    private static ByteRange OfPart(int number, StoredObject stored)
    {
        if (number > stored.Parts.Count)
            throw S3Exception.InvalidPartNumber();
        return new(stored.Parts.Take(number - 1).Sum(part => part.Size), stored.Parts[number - 1].Size, true);
    }

    // Null for what is no range; without bytes where the object has none of them.
    private static ByteRange? Parse(string first, string last, long size)
    {
        long? from = Number(first),
            to = Number(last);
        if ((from is null && first.Length > 0) || (to is null && last.Length > 0) || (from is null && to is null) || from > to)
            return null;
        if (from is null)
        {
            var suffix = Math.Min(to!.Value, size);
            return new(size - suffix, suffix, true);
        }
        return from >= size ? new(0, 0, true) : new(from.Value, Math.Min(to ?? long.MaxValue, size - 1) - from.Value + 1, true);
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
