using System.Security.Cryptography;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Objects;

/// <summary>The digests of a body, taken while it streams by.</summary>
internal sealed class BodyDigests(ChecksumAlgorithm? algorithm, bool withSha256) : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash? _sha256 = withSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly ChecksumAlgorithm.Running? _checksum = algorithm?.Start();

    public void Append(ReadOnlyMemory<byte> bytes)
    {
        _md5.AppendData(bytes.Span);
        _sha256?.AppendData(bytes.Span);
        _checksum?.Append(bytes);
    }

    public byte[] Md5() => _md5.GetHashAndReset();

    public string? Sha256() => _sha256 is null ? null : Convert.ToHexString(_sha256.GetHashAndReset());

    public string? Checksum() => _checksum?.Finish();

    public void Dispose()
    {
        _md5.Dispose();
        _sha256?.Dispose();
    }
}
