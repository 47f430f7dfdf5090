using System.Security.Cryptography;

namespace LocalAws.S3.Protocol;

/// <summary>
/// A checksum that S3 takes along with a body, see
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
/// </summary>
internal sealed class ChecksumAlgorithm
{
    private readonly Func<Running> _start;

    private ChecksumAlgorithm(string name, bool isCyclic, Func<Running> start) => (Name, IsCyclic, _start) = (name, isCyclic, start);

    public static IReadOnlyList<ChecksumAlgorithm> All { get; } =
    [
        new("CRC32", true, () => Running.Of(new ReflectedCrc(ReflectedCrc.Crc32))),
        new("CRC32C", true, () => Running.Of(new ReflectedCrc(ReflectedCrc.Crc32C))),
        new("CRC64NVME", true, () => Running.Of(new ReflectedCrc(ReflectedCrc.Crc64Nvme))),
        new("SHA1", false, () => Running.Of(IncrementalHash.CreateHash(HashAlgorithmName.SHA1))),
        new("SHA256", false, () => Running.Of(IncrementalHash.CreateHash(HashAlgorithmName.SHA256))),
    ];

    /// <summary>As S3 spells it in a document: <c>CRC32</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it is a CRC, the kind that S3 gives a multipart object as a whole.</summary>
    public bool IsCyclic { get; }

    /// <summary>The header or trailer that carries it: <c>x-amz-checksum-crc32</c>.</summary>
    public string Header => $"x-amz-checksum-{Name.ToLowerInvariant()}";

    /// <summary>The element that carries it: <c>ChecksumCRC32</c>.</summary>
    public string Element => $"Checksum{Name}";

    /// <exception cref="S3Exception">There is no such algorithm.</exception>
    public static ChecksumAlgorithm Named(string name) =>
        All.FirstOrDefault(algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw S3Exception.InvalidRequest(
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, "
                + "CRC64NVME, SHA1, SHA256]"
        );

    /// <summary>The one whose value comes with a request's body, before or after it; or the one that its client names.</summary>
    public static ChecksumAlgorithm? DeclaredBy(S3Request request)
    {
        var trailers = request.Header("x-amz-trailer")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return All.FirstOrDefault(algorithm =>
            request.Header(algorithm.Header) is not null || trailers.Contains(algorithm.Header, StringComparer.OrdinalIgnoreCase)
        ) ?? (request.Header("x-amz-sdk-checksum-algorithm") is { } name ? Named(name) : null);
    }

    public Running Start() => _start();

    /// <summary>A checksum while bytes come in.</summary>
    internal sealed class Running(Action<ReadOnlyMemory<byte>> append, Func<byte[]> finish)
    {
        public static Running Of(ReflectedCrc crc) => new(bytes => crc.Append(bytes.Span), crc.Value);

        public static Running Of(IncrementalHash hash) =>
            new(
                bytes => hash.AppendData(bytes.Span),
                () =>
                {
                    using (hash)
                        return hash.GetHashAndReset();
                }
            );

        public void Append(ReadOnlyMemory<byte> bytes) => append(bytes);

        /// <summary>The checksum in base64, as S3 writes it. Once only.</summary>
        public string Finish() => Convert.ToBase64String(finish());
    }
}
