namespace Aspire.Hosting.Pipelines.Execution;

/// <summary>
/// A step that comes before the application starts has failed. <see cref="DistributedApplication.RunAsync"/> ends the process
/// with an exit code and this message, and no stack trace.
/// </summary>
internal sealed class PipelineFailedException(string message, Exception inner, bool isReported) : DistributedApplicationException(message, inner)
{
    /// <summary>Whether the console already shows it.</summary>
    public bool IsReported { get; } = isReported;
}
