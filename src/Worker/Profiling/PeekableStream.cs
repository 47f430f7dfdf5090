namespace Worker.Profiling;

/// <summary>
/// Reads a stream once, yet lets its first bytes be looked at before; counts what is read, and is where a cancellation is noticed
/// even if the source completes without ever waiting.
/// </summary>
internal sealed class PeekableStream(Stream source) : Stream
{
    private const int HeadSize = 64 << 10;

    private byte[] _head = [];
    private int _headPosition;

    /// <summary>Bytes read from the source so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the head that was looked at is all that there is.</summary>
    public bool IsWholeInHead { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the first 64 KiB, or all where there is less, and keeps them for the reader that follows.</summary>
    public async Task<ReadOnlyMemory<byte>> PeekAsync(CancellationToken ct)
    {
        var head = GC.AllocateUninitializedArray<byte>(HeadSize);
        var length = 0;
        while (length < head.Length)
        {
            ct.ThrowIfCancellationRequested();
            var read = await source.ReadAsync(head.AsMemory(length), ct);
            if (read == 0)
            {
                IsWholeInHead = true;
                break;
            }
            length += read;
        }
        BytesRead = length;
        _head = head[..length];
        return _head;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_headPosition < _head.Length)
        {
            var taken = Math.Min(buffer.Length, _head.Length - _headPosition);
            _head.AsMemory(_headPosition, taken).CopyTo(buffer);
            _headPosition += taken;
            return taken;
        }
        var read = await source.ReadAsync(buffer, cancellationToken);
        BytesRead += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A profile is read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
