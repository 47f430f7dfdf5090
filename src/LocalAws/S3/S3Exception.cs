namespace LocalAws.S3;

/// <summary>An error as S3 answers it; https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html lists the codes.</summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Elements of the answer that only this error has.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>The answer has headers only: 304.</summary>
    public static S3Exception NotModified() => new(304, "NotModified", "Not Modified");

    public static S3Exception BadDigest(string message) => new(400, "BadDigest", message);

    public static S3Exception BucketAlreadyOwnedByYou(string bucket) =>
        new(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.")
        {
            Details = new Dictionary<string, string> { ["BucketName"] = bucket },
        };

    public static S3Exception BucketNotEmpty(string bucket) =>
        new(409, "BucketNotEmpty", "The bucket you tried to delete is not empty")
        {
            Details = new Dictionary<string, string> { ["BucketName"] = bucket },
        };

    public static S3Exception EntityTooLarge() => new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");

    public static S3Exception EntityTooSmall() =>
        new(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");

    public static S3Exception IncompleteBody() =>
        new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    public static S3Exception InternalError() => new(500, "InternalError", "LocalAws failed to do this; its log says why.");

    public static S3Exception InvalidArgument(string message) => new(400, "InvalidArgument", message);

    public static S3Exception InvalidBucketName(string bucket) =>
        new(400, "InvalidBucketName", "The specified bucket is not valid.")
        {
            Details = new Dictionary<string, string> { ["BucketName"] = bucket },
        };

    public static S3Exception InvalidPart() =>
        new(
            400,
            "InvalidPart",
            "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag "
                + "may not match the part's entity tag."
        );

    public static S3Exception InvalidPartNumber() => new(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");

    public static S3Exception InvalidPartOrder() =>
        new(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");

    public static S3Exception InvalidRange(string range, long size) =>
        new(416, "InvalidRange", "The requested range is not satisfiable")
        {
            Details = new Dictionary<string, string>
            {
                ["RangeRequested"] = range,
                ["ActualObjectSize"] = size.ToString(CultureInfo.InvariantCulture),
            },
        };

    public static S3Exception InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Exception KeyTooLong(int length) =>
        new(400, "KeyTooLongError", "Your key is too long")
        {
            Details = new Dictionary<string, string>
            {
                ["Size"] = length.ToString(CultureInfo.InvariantCulture),
                ["MaxSizeAllowed"] = S3Request.MaximumKeyLength.ToString(CultureInfo.InvariantCulture),
            },
        };

    public static S3Exception MalformedXml() =>
        new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static S3Exception MetadataTooLarge() =>
        new(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");

    public static S3Exception NoSuchBucket(string bucket) =>
        new(404, "NoSuchBucket", "The specified bucket does not exist")
        {
            Details = new Dictionary<string, string> { ["BucketName"] = bucket },
        };

    public static S3Exception NoSuchKey(string key) =>
        new(404, "NoSuchKey", "The specified key does not exist.") { Details = new Dictionary<string, string> { ["Key"] = key } };

    public static S3Exception NoSuchUpload(string upload) =>
        new(
            404,
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
        )
        {
            Details = new Dictionary<string, string> { ["UploadId"] = upload },
        };

    public static S3Exception NotImplemented(string what) => new(501, "NotImplemented", $"LocalAws does not implement {what}.");

    public static S3Exception PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
        {
            Details = new Dictionary<string, string> { ["Condition"] = condition },
        };

    public static S3Exception Sha256Mismatch() =>
        new(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
}
