namespace Worker.Jobs;

/// <summary>
/// When a job last came forward: a step of it ended, or bytes of its file arrived. What stands still is kept alive by nothing.
/// </summary>
internal sealed class JobMotion(TimeProvider time, TimeSpan stallTimeout)
{
    private long _last = time.GetTimestamp();

    /// <summary>How long a job may stand still.</summary>
    public TimeSpan StallTimeout => stallTimeout;

    public bool IsStalled => time.GetElapsedTime(Volatile.Read(ref _last)) > stallTimeout;

    public void Moved() => Volatile.Write(ref _last, time.GetTimestamp());
}
