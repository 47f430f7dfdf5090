namespace LocalAws.S3;

/// <summary>An operation of the S3 API; its class has its name.</summary>
internal abstract class S3Operation
{
    public abstract S3Route Route { get; }

    public abstract Task InvokeAsync(S3Request request);
}

/// <summary>Which requests are for an operation: all of these must fit, and a query parameter beyond them means another one.</summary>
internal sealed record S3Route(string Method, S3Scope Scope)
{
    private static readonly string[] SignatureParameters = ["x-id", "AWSAccessKeyId", "Signature", "Expires"];

    /// <summary>Query parameters that a request for this operation has.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Query parameters that it may have.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Whether the request names a source to copy from.</summary>
    public bool Copies { get; init; }

    public bool Matches(S3Request request) =>
        request.Method == Method
        && request.Scope == Scope
        && Copies == (request.Header("x-amz-copy-source") is not null)
        && Required.All(request.Query.ContainsKey)
        && request.Query.Keys.All(name => Required.Contains(name) || Optional.Contains(name) || IsSignature(name));

    // A presigned address carries its signature in the query. It is not verified.
    private static bool IsSignature(string name) =>
        name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || SignatureParameters.Contains(name);
}
