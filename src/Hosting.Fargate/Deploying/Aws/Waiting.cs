namespace Hosting.Fargate.Deploying.Aws;

/// <summary>The pause between two looks at something that AWS is doing: short at first, since much is done at once, and longer then.</summary>
internal struct Waiting
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(3);

    private TimeSpan _next;

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        _next = _next == default ? TimeSpan.FromMilliseconds(100) : _next * 1.5;
        _next = _next > s_longest ? s_longest : _next;
        await Task.Delay(_next, cancellationToken);
    }

    /// <summary>Something has happened: more may follow soon.</summary>
    public void Hurry() => _next = default;
}
