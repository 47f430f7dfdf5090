using System.Net;
using Amazon.Runtime;
using Profiles;

namespace Worker.Jobs;

/// <summary>
/// An uploaded file as it comes from S3. Where it stops coming, or the connection breaks, the rest is asked for again by its range, of the
/// same version of the file; several times without a byte between them are a failure.
/// </summary>
internal sealed class SourceStream(ProfileStore store, ProfileId id, JobMotion motion, TimeProvider time) : Stream
{
    private const int MaxResumptions = 3;
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(200);

    private SourceContent? _content;
    private CancellationTokenSource? _stalled;
    private string? _etag;
    private long _length;
    private long _position;
    private int _resumptions;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="FileNotFoundException">The file is not in the bucket.</exception>
    /// <exception cref="SourceInterruptedException">The file stopped coming, and did so again each time that the rest was asked
    /// for.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var read = await ReadOnceAsync(buffer, cancellationToken);
                _resumptions = 0;
                _position += read;
                motion.Moved();
                return read;
            }
            catch (Exception exception) when (IsInterruption(exception) && !cancellationToken.IsCancellationRequested)
            {
                await CloseAsync();
                if (_resumptions == MaxResumptions)
                {
                    throw new SourceInterruptedException(
                        $"The uploaded file stopped coming at byte {_position:N0}, and again each of the {MaxResumptions} times that the rest was asked for"
                            + Reason(exception),
                        exception
                    );
                }
                await Task.Delay(_firstPause * Math.Pow(2, _resumptions++), time, cancellationToken);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file is read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _stalled ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stalled.CancelAfter(motion.StallTimeout);
        if (_content is null)
        {
            if (_etag is not null && _position == _length)
                return 0;
            _content = await store.OpenSourceAsync(id, _position, _etag, _stalled.Token);
            (_etag, _length) = (_content.ETag, _content.Length);
        }
        var read = await _content.Stream.ReadAsync(buffer, _stalled.Token);
        _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        return read > 0 || _position == _length ? read : throw new EndOfStreamException("The connection ended early.");
    }

    // What the SDK did not mend by asking again, and what comes of a read that is given up.
    private static bool IsInterruption(Exception exception) =>
        exception
            is IOException
                and not FileNotFoundException
                or HttpRequestException
                or OperationCanceledException
                or AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError };

    private string Reason(Exception exception) =>
        exception is OperationCanceledException ? $": not a byte for {motion.StallTimeout.TotalSeconds:N0} s." : ".";

    private async ValueTask CloseAsync()
    {
        if (_content is not null)
            await _content.Stream.DisposeAsync();
        _content = null;
        _stalled?.Dispose();
        _stalled = null;
    }
}
