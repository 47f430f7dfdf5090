using Aspire.Hosting.Pipelines;
using Hosting.Fargate.CommandLine;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Reporting;

#pragma warning disable ASPIREPIPELINES001 // Steps are reported as the pipeline does.

/// <summary>A step of the pipeline on the console. One that has parts, or says something itself, is shown by these.</summary>
internal sealed class ConsoleStep : IReportingStep
{
    private readonly ConsoleReporter _reporter;
    private readonly string _title;
    private readonly long _begun;
    private readonly IDisposable? _work;
    private bool _isShownByParts;
    private bool _hasEnded;
    private string? _failure;

    public ConsoleStep(ConsoleReporter reporter, string title)
    {
        _reporter = reporter;
        _title = title;
        _begun = reporter.Time.GetTimestamp();
        _work = StepNames.IsOfHost(title) ? null : reporter.Console.Begin(StepNames.Shown(title));
    }

    public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default)
    {
        _isShownByParts = true;
        return Task.FromResult<IReportingTask>(new ConsoleTask(_reporter, statusText));
    }

    public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
        CreateTaskAsync(statusText.Value, cancellationToken);

    public void Log(LogLevel logLevel, MarkdownString message) => Log(logLevel, message.Value);

    [Obsolete("As the interface has it.")]
    public void Log(LogLevel logLevel, string message, bool enableMarkdown) => Log(logLevel, message);

    public void Log(LogLevel logLevel, string message)
    {
        // The host logs what a step failed with before it says that the step failed. What is more of it than the message was asked for: its
        // stack trace.
        if (
            logLevel >= LogLevel.Error
            && (message.StartsWith($"Step '{_title}' failed.", StringComparison.Ordinal) || StepNames.IsOfHost(_title))
        )
        {
            _failure = message;
            return;
        }

        _isShownByParts = true;
        switch (logLevel)
        {
            case >= LogLevel.Error:
                _reporter.Console.ErrorLine(message);
                break;
            case LogLevel.Warning:
                _reporter.Console.Line($"{Marks.Warning(_reporter.Console.HasColors)} {message.TrimStart()}");
                break;
            default:
                _reporter.Console.Line(Marks.Colored(message, _reporter.Console.HasColors));
                break;
        }
    }

    public Task CompleteAsync(
        MarkdownString completionText,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default
    ) => CompleteAsync(completionText.Value, completionState, cancellationToken);

    public Task CompleteAsync(
        string completionText,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default
    )
    {
        if (_hasEnded)
        {
            return Task.CompletedTask;
        }

        _hasEnded = true;
        _work?.Dispose();
        if (completionState == CompletionState.CompletedWithError)
        {
            SayFailure(completionText);
            _reporter.Fail();
        }
        else if (!StepNames.IsOfHost(_title) && !(_isShownByParts && FargateVerb.Find(StepNames.Verb(_title)) is { Prints: true }))
        {
            _reporter.Console.Line(Marks.Line(_reporter, Marks.Done, StepNames.Shown(_title), outcome: null, _begun));
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await CompleteAsync("");

    private void SayFailure(string message)
    {
        // The pipeline's own step fails with what failed in it, or since there is no step of the name that was asked for.
        if (StepNames.IsPipeline(_title))
        {
            if (!_reporter.HasFailed && _failure is not null)
            {
                _reporter.Console.ErrorLine(_failure);
            }

            return;
        }

        var said = _reporter.IsStopping
            ? "Stopped. What was done is found done when the same command is run again."
            : StepNames.WithoutPrefix(_title, message);
        _reporter.Console.ErrorLine(Marks.Line(_reporter, Marks.Failed, StepNames.Shown(_title), outcome: null, _begun));
        _reporter.Console.ErrorLine(said);
        if (_failure?.Contains("\n   at ", StringComparison.Ordinal) == true)
        {
            _reporter.Console.ErrorLine(_failure);
        }
    }
}
