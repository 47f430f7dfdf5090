using Aspire.Hosting;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>A task ended in failure.</summary>
/// <param name="message">What failed, with the end of its log.</param>
/// <param name="exitCode">With what its program ended; null where it did not begin.</param>
internal sealed class TaskFailedException(string message, int? exitCode) : DistributedApplicationException(message)
{
    /// <summary>With what its program ended; null where it did not begin.</summary>
    public int? ExitCode => exitCode;
}
