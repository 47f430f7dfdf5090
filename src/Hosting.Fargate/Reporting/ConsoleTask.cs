using Aspire.Hosting.Pipelines;

namespace Hosting.Fargate.Reporting;

#pragma warning disable ASPIREPIPELINES001 // Tasks are reported as the pipeline does.

/// <summary>A part of a step, with a line of its own when it ends.</summary>
internal sealed class ConsoleTask(ConsoleReporter reporter, string title) : IReportingTask
{
    private readonly long _begun = reporter.Time.GetTimestamp();
    private readonly IDisposable _work = reporter.Console.Begin(title);
    private bool _hasEnded;

    public Task UpdateAsync(string statusText, CancellationToken cancellationToken = default)
    {
        reporter.Console.Detail(statusText);
        return Task.CompletedTask;
    }

    public Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
        UpdateAsync(statusText.Value, cancellationToken);

    public Task CompleteAsync(
        MarkdownString completionMessage,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default
    ) => CompleteAsync(completionMessage.Value, completionState, cancellationToken);

    public Task CompleteAsync(
        string? completionMessage = null,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default
    )
    {
        if (_hasEnded)
        {
            return Task.CompletedTask;
        }

        _hasEnded = true;
        _work.Dispose();
        var mark = completionState == CompletionState.CompletedWithError ? Marks.Failed : Marks.Done;
        reporter.Console.Line(Marks.Line(reporter, mark, title, completionMessage, _begun));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await CompleteAsync();
}
