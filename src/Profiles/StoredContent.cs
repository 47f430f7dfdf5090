using Amazon.S3.Model;

namespace Profiles;

/// <summary>A stored object that is read as it comes.</summary>
public sealed class StoredContent : IDisposable
{
    private readonly GetObjectResponse _response;

    internal StoredContent(GetObjectResponse response) => _response = response;

    /// <summary>The bytes, once, from start to end.</summary>
    public Stream Stream => _response.ResponseStream;

    /// <summary>How many bytes there are.</summary>
    public long Length => _response.ContentLength;

    /// <inheritdoc />
    public void Dispose() => _response.Dispose();
}
