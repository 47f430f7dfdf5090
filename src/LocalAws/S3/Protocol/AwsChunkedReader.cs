using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace LocalAws.S3.Protocol;

/// <summary>
/// A body with the content encoding <c>aws-chunked</c>: chunks with their length in hexadecimal, an optional signature each,
/// and trailers, see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
/// </summary>
internal sealed class AwsChunkedReader(PipeReader reader)
{
    private const int MaximumLine = 4096;

    private long _leftOfChunk;
    private bool _inChunk;
    private bool _ended;

    public Dictionary<string, string> Trailers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads up to a buffer of the decoded body; 0 at its end, when the trailers have been read.</summary>
    /// <exception cref="S3Exception">The body ends early or is not encoded so.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_ended)
            return 0;
        if (_leftOfChunk == 0)
        {
            if (_inChunk && await ReadLineAsync(cancellationToken) is not "")
                throw S3Exception.IncompleteBody();
            _leftOfChunk = ParseLength(await ReadLineAsync(cancellationToken));
            _inChunk = true;
            if (_leftOfChunk == 0)
            {
                await ReadTrailersAsync(cancellationToken);
                _ended = true;
                return 0;
            }
        }
        var result = await reader.ReadAsync(cancellationToken);
        if (result.Buffer.IsEmpty)
            throw S3Exception.IncompleteBody();
        var length = (int)Math.Min(Math.Min(result.Buffer.Length, buffer.Length), _leftOfChunk);
        var part = result.Buffer.Slice(0, length);
        part.CopyTo(buffer.Span);
        reader.AdvanceTo(part.End);
        _leftOfChunk -= length;
        return length;
    }

    private async ValueTask ReadTrailersAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                throw S3Exception.InvalidRequest("The request contains a malformed trailer.");
            Trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    private async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(result.Buffer.Slice(0, end)).TrimEnd('\r');
                reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line;
            }
            if (result.IsCompleted && result.Buffer.IsEmpty)
                return null;
            if (result.IsCompleted || result.Buffer.Length > MaximumLine)
                throw S3Exception.IncompleteBody();
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static long ParseLength(string? line) =>
        long.TryParse(line?.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) && length >= 0
            ? length
            : throw S3Exception.IncompleteBody();
}
