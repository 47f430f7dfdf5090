namespace LocalAws.S3.Objects;

/// <summary>The conditions of a read, in the order of precedence that RFC 9110 section 13.2.2 and S3 give them.</summary>
internal static class ReadConditions
{
    /// <param name="request">Its headers carry the conditions.</param>
    /// <param name="stored">The object to read.</param>
    /// <param name="prefix">What the headers begin with: for the source of a copy <c>x-amz-copy-source-</c>.</param>
    /// <exception cref="S3Exception">412 or 304.</exception>
    public static void Check(S3Request request, StoredObject stored, string prefix = "")
    {
        // S3 compares whole seconds, for that is what Last-Modified has.
        var modified = DateTimeOffset.FromUnixTimeSeconds(stored.ModifiedAt / 1000);
        if (request.Header($"{prefix}If-Match") is { } match)
        {
            if (!EntityTags.Contain(match, stored.ETag))
                throw S3Exception.PreconditionFailed("If-Match");
        }
        else if (Time(request, $"{prefix}If-Unmodified-Since") is { } unmodifiedSince && modified > unmodifiedSince)
        {
            throw S3Exception.PreconditionFailed("If-Unmodified-Since");
        }

        var isModified = request.Header($"{prefix}If-None-Match") is { } noneMatch
            ? !EntityTags.Contain(noneMatch, stored.ETag)
            : Time(request, $"{prefix}If-Modified-Since") is not { } modifiedSince || modified > modifiedSince;
        if (isModified)
            return;
        if (prefix.Length > 0)
            throw S3Exception.PreconditionFailed("x-amz-copy-source-If-None-Match");
        request.Response.Headers.ETag = $"\"{stored.ETag}\"";
        request.Response.GetTypedHeaders().LastModified = modified;
        throw S3Exception.NotModified();
    }

    private static DateTimeOffset? Time(S3Request request, string header) =>
        DateTimeOffset.TryParse(request.Header(header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
