using Api.Errors;

namespace Api.Reading;

/// <summary>How many results are read at a time. Each takes memory, and a connection to S3, for as long as its reader likes.</summary>
internal sealed class ReadLimits(TimeProvider time) : IDisposable
{
    private const int Downloads = 64;
    private const int Pages = 6;
    private const int Renderings = 1;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _downloads = new(Downloads);
    private readonly SemaphoreSlim _pages = new(Pages);
    private readonly SemaphoreSlim _renderings = new(Renderings);

    /// <summary>Waits for the right to send a stored result as it is.</summary>
    /// <exception cref="ProblemException">Too many others have it, and none came to its end in time.</exception>
    public Task<IDisposable> DownloadAsync(CancellationToken cancellationToken) => EnterAsync(_downloads, cancellationToken);

    /// <summary>Waits for the right to send a page, which is in memory meanwhile.</summary>
    /// <exception cref="ProblemException">Too many others have it, and none came to its end in time.</exception>
    public Task<IDisposable> PageAsync(CancellationToken cancellationToken) => EnterAsync(_pages, cancellationToken);

    /// <summary>Waits for the right to make a page, of much that is in memory meanwhile.</summary>
    /// <exception cref="ProblemException">Too many others have it, and none came to its end in time.</exception>
    public Task<IDisposable> RenderingAsync(CancellationToken cancellationToken) => EnterAsync(_renderings, cancellationToken);

    public void Dispose()
    {
        _downloads.Dispose();
        _pages.Dispose();
        _renderings.Dispose();
    }

    private async Task<IDisposable> EnterAsync(SemaphoreSlim limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await limit.WaitAsync(either.Token);
            return new Right(limit);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(Problems.TooBusy(), LongestWait);
        }
    }

    private sealed class Right(SemaphoreSlim limit) : IDisposable
    {
        private SemaphoreSlim? _limit = limit;

        public void Dispose() => Interlocked.Exchange(ref _limit, null)?.Release();
    }
}
