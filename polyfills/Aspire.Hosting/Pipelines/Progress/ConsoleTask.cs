using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines.Progress;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>A task of a step shown on the console.</summary>
internal sealed class ConsoleTask(ConsoleProgress progress, string step, string statusText, TimeProvider time) : IReportingTask
{
    private readonly long _start = time.GetTimestamp();
    private int _state;

    public CompletionState State => (CompletionState)Volatile.Read(ref _state);

    public Task UpdateAsync(string statusText, CancellationToken cancellationToken = default)
    {
        progress.Log(step, LogLevel.Information, statusText);
        return Task.CompletedTask;
    }

    public Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
        UpdateAsync(statusText.Value, cancellationToken);

    public Task CompleteAsync(
        string? completionMessage = null,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _state, (int)completionState, (int)CompletionState.InProgress) != (int)CompletionState.InProgress)
        {
            throw new InvalidOperationException($"Cannot complete task '{statusText}' of step '{step}' that is already complete.");
        }

        progress.Complete($"{step}  {statusText}", completionState, _start, completionMessage);
        return Task.CompletedTask;
    }

    public Task CompleteAsync(
        MarkdownString completionMessage,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default) => CompleteAsync(completionMessage.Value, completionState, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (State == CompletionState.InProgress)
        {
            await CompleteAsync();
        }
    }
}
