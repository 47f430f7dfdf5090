namespace Aspire.Dashboard.Model;

/// <summary>What the dashboard shows of the running application, and what it may ask of it. The host implements it.</summary>
/// <remarks>Every member may be called from any thread, by many browser tabs at once.</remarks>
public interface IDashboardModel
{
    /// <summary>The name shown in the title, usually the AppHost's without its suffix.</summary>
    string ApplicationName { get; }

    /// <summary>The resources and what becomes of them: the first batch holds every resource as it is now.</summary>
    IAsyncEnumerable<IReadOnlyList<DashboardResourceChange>> WatchResourcesAsync(CancellationToken cancellationToken);

    /// <summary>The output of a resource: first the lines that are kept, in batches, then each line as it comes.</summary>
    /// <param name="resourceName">A <see cref="DashboardResource.Name"/>.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    IAsyncEnumerable<IReadOnlyList<DashboardConsoleLine>> WatchConsoleAsync(string resourceName, CancellationToken cancellationToken);

    /// <summary>Runs a command of a resource (<c>start</c>, <c>stop</c>, <c>restart</c>, or one that the model added).</summary>
    Task<DashboardCommandResult> ExecuteCommandAsync(string resourceName, string commandName, CancellationToken cancellationToken);
}

/// <summary>A resource that came or changed, or (with <paramref name="Removed"/>) one that is gone.</summary>
public sealed record DashboardResourceChange(DashboardResource Resource, bool Removed = false);

/// <summary>One line of a resource's output.</summary>
/// <param name="LineNumber">Counts from 1 for each resource.</param>
/// <param name="Timestamp">When the host read it.</param>
/// <param name="Content">The line as it was written, with its ANSI sequences.</param>
/// <param name="IsError">Whether it came from standard error.</param>
public sealed record DashboardConsoleLine(long LineNumber, DateTimeOffset Timestamp, string Content, bool IsError);

/// <summary>What came of a command.</summary>
public sealed record DashboardCommandResult(bool Succeeded, string? Message = null, bool Canceled = false);
