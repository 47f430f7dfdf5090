namespace LocalAws.S3.Objects;

/// <summary>An upload in parts that is neither completed nor aborted. Times are Unix milliseconds.</summary>
internal sealed record MultipartUpload
{
    public required string Id { get; init; }

    public required string Bucket { get; init; }

    /// <summary>UTF-8.</summary>
    public required byte[] Key { get; init; }

    public required long InitiatedAt { get; init; }

    /// <summary>The headers of the object to be.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The checksum that its caller wants the parts to have, as S3 spells it.</summary>
    public string? ChecksumAlgorithm { get; init; }

    /// <summary><c>FULL_OBJECT</c> or <c>COMPOSITE</c>.</summary>
    public string? ChecksumType { get; init; }
}

/// <summary>A part of an upload. A part uploaded again replaces the one with its number.</summary>
internal sealed record UploadedPart(int Number, string Blob, long Size, string ETag, ObjectChecksum? Checksum, long ModifiedAt)
{
    public ObjectPart ToObjectPart() => new(Blob, Size, Checksum?.Value);
}
