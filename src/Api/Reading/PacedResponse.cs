namespace Api.Reading;

/// <summary>
/// A response whose reader has to keep up. Kestrel's own least rate is an average over all that was written, of which the buffers on the
/// way take megabytes at once: a reader who stops after them would be waited for by the quarter of an hour.
/// </summary>
internal sealed class PacedResponse(HttpContext context) : IDisposable
{
    /// <summary>The most that is written at once.</summary>
    public const int ChunkSize = 64 << 10;

    // For a chunk, that is: 3 KiB in a second.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _tooSlow = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);

    /// <exception cref="OperationCanceledException">Its reader is too slow, or gone.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> chunk)
    {
        _tooSlow.CancelAfter(LongestWrite);
        await context.Response.Body.WriteAsync(chunk, _tooSlow.Token);
        _tooSlow.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _tooSlow.Dispose();
}
