namespace Aspire.Hosting.Pipelines;

/// <summary>How a step, a task or a whole pipeline stands. The larger value is the worse outcome.</summary>
public enum CompletionState
{
    /// <summary>It has not ended.</summary>
    InProgress,

    /// <summary>It ended well.</summary>
    Completed,

    /// <summary>It ended well, with something to look at.</summary>
    CompletedWithWarning,

    /// <summary>It failed.</summary>
    CompletedWithError,
}
