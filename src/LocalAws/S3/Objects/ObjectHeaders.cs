using System.Text;

namespace LocalAws.S3.Objects;

/// <summary>The headers that belong to an object: stored as they came, returned with each read.</summary>
internal static class ObjectHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const int MaximumMetadata = 2048;
    private const string DefaultContentType = "binary/octet-stream";

    private static readonly string[] System =
    [
        "Cache-Control",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Language",
        "Content-Type",
        "Expires",
        "x-amz-storage-class",
    ];

    /// <exception cref="S3Exception">The user metadata is larger than S3 takes.</exception>
    public static IReadOnlyDictionary<string, string> From(S3Request request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in System)
        {
            if (request.Header(name) is { } value)
                headers[name] = value;
        }
        RemoveAwsChunked(headers);
        if (headers.GetValueOrDefault("x-amz-storage-class") == "STANDARD")
            headers.Remove("x-amz-storage-class");
        headers.TryAdd("Content-Type", DefaultContentType);

        var size = 0;
        foreach (var (name, value) in request.Http.Request.Headers)
        {
            if (!name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            headers[name.ToLowerInvariant()] = value.ToString();
            size += name.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(value.ToString());
        }
        return size <= MaximumMetadata ? headers : throw S3Exception.MetadataTooLarge();
    }

    /// <summary>Writes them to the answer; the query may replace some for this one answer (<c>response-content-type=…</c>).</summary>
    public static void Write(StoredObject stored, S3Request request)
    {
        var response = request.Response;
        foreach (var (name, value) in stored.Headers)
            response.Headers[name] = value;
        foreach (var name in System)
        {
            if (request.Parameter($"response-{name.ToLowerInvariant()}") is { } value)
                response.Headers[name] = value;
        }
        response.Headers.ETag = $"\"{stored.ETag}\"";
        response.GetTypedHeaders().LastModified = DateTimeOffset.FromUnixTimeMilliseconds(stored.ModifiedAt);
        response.Headers.AcceptRanges = "bytes";
    }

    // It says how the body travelled, not what it is.
    private static void RemoveAwsChunked(Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("Content-Encoding", out var encoding))
            return;
        var rest = string.Join(",", encoding.Split(',', StringSplitOptions.TrimEntries).Where(part => part != "aws-chunked"));
        if (rest.Length == 0)
            headers.Remove("Content-Encoding");
        else
            headers["Content-Encoding"] = rest;
    }
}
