using System.Text;
using Microsoft.Net.Http.Headers;

namespace Api.Uploads;

/// <summary>What a request says about its body.</summary>
internal static class CsvContent
{
    /// <summary>The first is RFC 4180's; the others are what programs have sent instead.</summary>
    public static readonly string[] MediaTypes =
    [
        "text/csv",
        "application/csv",
        "text/x-csv",
        "application/x-csv",
        "text/comma-separated-values",
    ];

    /// <summary>Whether the media type is one for CSV, in UTF-8 or ASCII, which is a part of it.</summary>
    public static bool IsCsv(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Encoding is UTF8Encoding or ASCIIEncoding);

    /// <summary>Whether the body is as it is, not compressed.</summary>
    public static bool IsPlain(string contentEncoding) =>
        contentEncoding is "" || contentEncoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
}
