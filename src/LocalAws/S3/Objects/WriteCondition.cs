namespace LocalAws.S3.Objects;

/// <summary>What must hold for a write to happen, checked in the moment of the write.</summary>
internal sealed record WriteCondition(bool MustNotExist, string? MustMatch)
{
    /// <exception cref="S3Exception">The condition is of a kind that S3 does not have for writes.</exception>
    public static WriteCondition Of(S3Request request)
    {
        var noneMatch = request.Header("If-None-Match");
        if (noneMatch is not (null or "*"))
            throw S3Exception.NotImplemented("If-None-Match with anything but * for a write");
        return new(noneMatch is not null, request.Header("If-Match"));
    }

    /// <exception cref="S3Exception">The condition does not hold.</exception>
    public void Check(StoredObject? current, string key)
    {
        if (MustNotExist && current is not null)
            throw S3Exception.PreconditionFailed("If-None-Match");
        if (MustMatch is null)
            return;
        if (current is null)
            throw S3Exception.NoSuchKey(key);
        if (!EntityTags.Contain(MustMatch, current.ETag))
            throw S3Exception.PreconditionFailed("If-Match");
    }
}
