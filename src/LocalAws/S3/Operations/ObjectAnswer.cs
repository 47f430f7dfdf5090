using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

/// <summary>What GetObject and HeadObject say of an object.</summary>
internal static class ObjectAnswer
{
    /// <summary>The query parameters that they may have.</summary>
    public static IReadOnlyList<string> QueryParameters { get; } =
    [
        "partNumber",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires",
    ];

    public static void WriteHeaders(S3Request request, StoredObject stored, ByteRange range)
    {
        var response = request.Response;
        ObjectHeaders.Write(stored, request);
        response.ContentLength = range.Length;
        if (stored.IsMultipart && request.Parameter("partNumber") is not null)
            response.Headers["x-amz-mp-parts-count"] = stored.Parts.Count.ToString(CultureInfo.InvariantCulture);
        if (range.IsPartial)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {range.Start}-{range.Start + range.Length - 1}/{stored.Size}";
        }
        // A checksum of the whole would not be true of a part of it.
        else if ("ENABLED".Equals(request.Header("x-amz-checksum-mode"), StringComparison.OrdinalIgnoreCase))
        {
            ChecksumHeaders.Write(response, stored.Checksum);
        }
    }
}
