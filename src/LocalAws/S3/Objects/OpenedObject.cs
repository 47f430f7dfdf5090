using System.Buffers;
using LocalAws.Storage;

namespace LocalAws.S3.Objects;

/// <summary>An object, or a range of it, open to read: what happens to it meanwhile changes nothing for the reader.</summary>
internal sealed class OpenedObject : IAsyncDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly List<(Stream Stream, long Length)> _pieces = [];

    public OpenedObject(StoredObject stored, ByteRange range, IBlobStore blobs)
    {
        (Stored, Range) = (stored, range);
        var start = 0L;
        foreach (var part in stored.Parts)
        {
            var from = Math.Max(range.Start, start);
            var to = Math.Min(range.Start + range.Length, start + part.Size);
            if (from < to)
            {
                var stream = blobs.Open(part.Blob);
                stream.Position = from - start;
                _pieces.Add((stream, to - from));
            }
            start += part.Size;
        }
    }

    public StoredObject Stored { get; }

    public ByteRange Range { get; }

    /// <summary>Hands on the bytes in order, a buffer at a time.</summary>
    public async Task CopyAsync(Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (var (stream, length) in _pieces)
            {
                for (var left = length; left > 0; )
                {
                    var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferSize)), cancellationToken);
                    if (read == 0)
                        throw new EndOfStreamException($"A blob of object '{Stored.Bucket}' is shorter than its index entry says.");
                    await write(buffer.AsMemory(0, read));
                    left -= read;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (stream, _) in _pieces)
            await stream.DisposeAsync();
    }
}
