namespace Worker.Jobs;

/// <summary>How an attempt at a job ended, which decides what becomes of its message.</summary>
internal enum JobOutcome
{
    /// <summary>This attempt wrote the result.</summary>
    Done,

    /// <summary>Another attempt had written the result.</summary>
    AlreadyDone,

    /// <summary>The profile has been deleted.</summary>
    Dropped,

    /// <summary>The file cannot be profiled, now or later.</summary>
    Failed,

    /// <summary>Something was in the way that may be gone next time.</summary>
    Retried,

    /// <summary>Something was in the way for the last time that the queue allows.</summary>
    Exhausted,

    /// <summary>It was tried as often as the queue allows, and only has to be received so often that the queue puts it aside.</summary>
    Buried,

    /// <summary>Another worker has begun an attempt: the message is in its hands.</summary>
    Superseded,

    /// <summary>The worker was told to stop before the job was done.</summary>
    HandedBack,

    /// <summary>The message is no job.</summary>
    Malformed,
}
