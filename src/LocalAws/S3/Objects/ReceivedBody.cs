using System.Buffers;
using System.Security.Cryptography;
using LocalAws.S3.Protocol;
using LocalAws.Storage;

namespace LocalAws.S3.Objects;

/// <summary>A request's body, now a blob whose digests were compared with those that came along.</summary>
internal sealed record ReceivedBody(string Blob, long Size, byte[] Md5, ObjectChecksum? Checksum)
{
    private const long MaximumSize = 5L * 1024 * 1024 * 1024;
    private const int BufferSize = 128 * 1024;

    public string ETag => Convert.ToHexStringLower(Md5);

    /// <summary>Streams the body into a new blob, in constant memory.</summary>
    /// <param name="request">The request; its headers say how the body is encoded, and which digests it has.</param>
    /// <param name="blobs">Where the blob is made.</param>
    /// <param name="algorithm">The checksum to take, and to compare with the one that came along.</param>
    /// <exception cref="S3Exception">It is too large or incomplete, or a digest differs; nothing is left of it then.</exception>
    public static async Task<ReceivedBody> ReceiveAsync(S3Request request, IBlobStore blobs, ChecksumAlgorithm? algorithm)
    {
        var isEncoded = IsEncoded(request);
        var expected = ExpectedSize(request, isEncoded);
        if (expected > MaximumSize)
            throw S3Exception.EntityTooLarge();

        var chunks = isEncoded ? new AwsChunkedReader(request.Http.Request.BodyReader) : null;
        var body = request.Http.Request.Body;
        await using var blob = blobs.Create();
        using var digests = new BodyDigests(algorithm, withSha256: DeclaredSha256(request) is not null);
        var size = 0L;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var filled = await FillAsync(chunks, body, buffer.AsMemory(0, BufferSize), request.Aborted);
                if (filled == 0)
                    break;
                size += filled;
                if (size > expected)
                    throw S3Exception.IncompleteBody();
                var bytes = buffer.AsMemory(0, filled);
                digests.Append(bytes);
                await blob.WriteAsync(bytes, request.Aborted);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (size != expected)
            throw S3Exception.IncompleteBody();
        var md5 = digests.Md5();
        Verify(request, md5, digests);
        var checksum = VerifyChecksum(request, algorithm, digests, chunks);
        await blob.CompleteAsync();
        return new(blob.Id, size, md5, checksum);
    }

    /// <summary>Copies bytes that are here already into a new blob.</summary>
    public static async Task<ReceivedBody> CopyAsync(
        OpenedObject source,
        ChecksumAlgorithm? algorithm,
        IBlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        await using var blob = blobs.Create();
        using var digests = new BodyDigests(algorithm, withSha256: false);
        await source.CopyAsync(
            async bytes =>
            {
                digests.Append(bytes);
                await blob.WriteAsync(bytes, cancellationToken);
            },
            cancellationToken
        );
        await blob.CompleteAsync();
        var checksum = algorithm is null ? null : new ObjectChecksum(algorithm.Name, digests.Checksum()!, ObjectChecksum.FullObject);
        return new(blob.Id, source.Stored.Size, digests.Md5(), checksum);
    }

    private static long ExpectedSize(S3Request request, bool isEncoded)
    {
        var declared = isEncoded ? request.Header("x-amz-decoded-content-length") : request.Header("Content-Length");
        return long.TryParse(declared, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new S3Exception(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }

    private static bool IsEncoded(S3Request request) =>
        request.Header("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) == true;

    private static string? DeclaredSha256(S3Request request) =>
        request.Header("x-amz-content-sha256") is { Length: 64 } hexadecimal ? hexadecimal : null;

    private static async ValueTask<int> FillAsync(
        AwsChunkedReader? chunks,
        Stream body,
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var rest = buffer[filled..];
            var read = chunks is not null ? await chunks.ReadAsync(rest, cancellationToken) : await body.ReadAsync(rest, cancellationToken);
            if (read == 0)
                break;
            filled += read;
        }
        return filled;
    }

    private static void Verify(S3Request request, byte[] md5, BodyDigests digests)
    {
        if (request.Header("Content-MD5") is { } declared)
        {
            Span<byte> bytes = stackalloc byte[MD5.HashSizeInBytes];
            if (!Convert.TryFromBase64String(declared, bytes, out var written) || written != MD5.HashSizeInBytes)
                throw new S3Exception(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
            if (!bytes.SequenceEqual(md5))
                throw S3Exception.BadDigest("The Content-MD5 you specified did not match what we received.");
        }
        if (DeclaredSha256(request) is { } sha256 && !sha256.Equals(digests.Sha256(), StringComparison.OrdinalIgnoreCase))
            throw S3Exception.Sha256Mismatch();
    }

    private static ObjectChecksum? VerifyChecksum(
        S3Request request,
        ChecksumAlgorithm? algorithm,
        BodyDigests digests,
        AwsChunkedReader? chunks
    )
    {
        if (algorithm is null)
            return null;
        var value = digests.Checksum()!;
        var declared = request.Header(algorithm.Header) ?? chunks?.Trailers.GetValueOrDefault(algorithm.Header);
        if (declared is not null && declared != value)
            throw S3Exception.BadDigest($"The {algorithm.Name} you specified did not match the calculated checksum.");
        return new(algorithm.Name, value, ObjectChecksum.FullObject);
    }
}
