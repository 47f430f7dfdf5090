namespace Hosting.Fargate.Aws;

/// <summary>
/// The pause between two looks at something that AWS is doing: short at first, since much is done at once, and longer then.
/// </summary>
/// <param name="time">The clock; the system's where null.</param>
internal sealed class Waiting(TimeProvider? time = null)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private TimeSpan _next = s_shortest;

    public Task PauseAsync(CancellationToken cancellationToken)
    {
        var pause = _next;
        _next = pause * 1.5 < s_longest ? pause * 1.5 : s_longest;
        return Task.Delay(pause, _time, cancellationToken);
    }

    /// <summary>Something has happened: more may follow soon.</summary>
    public void Hurry() => _next = s_shortest;
}
