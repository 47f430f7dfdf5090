using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines.Progress;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>A step shown on the console.</summary>
internal sealed class ConsoleStep(ConsoleProgress progress, string title, TimeProvider time) : IReportingStep
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly List<ConsoleTask> _tasks = [];

    public string Title => title;

    public CompletionState State { get; private set; }

    public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default)
    {
        var task = new ConsoleTask(progress, title, statusText, time);
        lock (_lock)
        {
            _tasks.Add(task);
        }

        progress.Log(title, LogLevel.Information, statusText);
        return Task.FromResult<IReportingTask>(task);
    }

    public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
        CreateTaskAsync(statusText.Value, cancellationToken);

    [Obsolete("Use Log(LogLevel, string) or Log(LogLevel, MarkdownString) instead.")]
    public void Log(LogLevel logLevel, string message, bool enableMarkdown) => Log(logLevel, message);

    public void Log(LogLevel logLevel, string message) => progress.Log(title, logLevel, message);

    public void Log(LogLevel logLevel, MarkdownString message) => Log(logLevel, message.Value);

    public Task CompleteAsync(
        string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (State != CompletionState.InProgress)
            {
                throw new InvalidOperationException($"Cannot complete step '{title}' that is already complete.");
            }

            State = completionState;
        }

        // The title stands at the beginning of the line already.
        var prefix = $"Step '{title}' failed: ";
        var message = completionText.StartsWith(prefix, StringComparison.Ordinal) ? completionText[prefix.Length..] : completionText;
        progress.Complete(title, completionState, _start, message);
        return Task.CompletedTask;
    }

    public Task CompleteAsync(
        MarkdownString completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default) =>
        CompleteAsync(completionText.Value, completionState, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        CompletionState worst;
        lock (_lock)
        {
            if (State != CompletionState.InProgress)
            {
                return;
            }

            worst = _tasks.Select(task => task.State).Append(CompletionState.Completed).Max();
        }

        await CompleteAsync("", worst);
    }
}
