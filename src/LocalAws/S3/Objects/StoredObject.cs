namespace LocalAws.S3.Objects;

/// <summary>An object as the index has it. Times are Unix milliseconds.</summary>
internal sealed record StoredObject
{
    public required string Bucket { get; init; }

    /// <summary>UTF-8.</summary>
    public required byte[] Key { get; init; }

    public required long Size { get; init; }

    /// <summary>Without quotes.</summary>
    public required string ETag { get; init; }

    public required long ModifiedAt { get; init; }

    /// <summary>The blobs that are its bytes, one after the other: one, or as many as a multipart upload had parts.</summary>
    public required IReadOnlyList<ObjectPart> Parts { get; init; }

    /// <summary>The headers that a reader gets back, user metadata among them.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public ObjectChecksum? Checksum { get; init; }

    public bool IsMultipart => ETag.Contains('-', StringComparison.Ordinal);
}

internal sealed record ObjectPart(string Blob, long Size, string? Checksum = null);

/// <param name="Algorithm">As S3 spells it: <c>CRC32</c>.</param>
/// <param name="Value">In base64; for the composite of a multipart upload followed by the number of parts.</param>
/// <param name="Type"><c>FULL_OBJECT</c> or <c>COMPOSITE</c>.</param>
internal sealed record ObjectChecksum(string Algorithm, string Value, string Type)
{
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";
}
