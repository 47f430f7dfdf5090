using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Aspire.Hosting.Pipelines.Progress;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>Shows the progress of a pipeline on the console, a line an event: plain text, coloured where it is a terminal.</summary>
internal sealed class ConsoleProgress(IOptions<PipelineOptions> options, TimeProvider time) : IPipelineActivityReporter
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly List<ConsoleStep> _steps = [];

    /// <summary>Whether a step has failed.</summary>
    public bool HasFailed => WorstState() == CompletionState.CompletedWithError;

    public Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default)
    {
        var step = new ConsoleStep(this, title, time);
        lock (_lock)
        {
            _steps.Add(step);
        }

        WriteLine($"{title}  started", "grey");
        return Task.FromResult<IReportingStep>(step);
    }

    public Task CompletePublishAsync(PublishCompletionOptions? completion = null, CancellationToken cancellationToken = default)
    {
        var name = options.Value.Step ?? "pipeline";
        var state = completion?.CompletionState ?? WorstState();
        foreach (var item in completion?.PipelineSummary ?? [])
        {
            WriteLine($"{item.Key}: {item.Value}", color: null);
        }

        if (state != CompletionState.CompletedWithError)
        {
            WriteLine($"✓ {name} done in {Seconds(_start)}", state == CompletionState.CompletedWithWarning ? "yellow" : "green");
            return Task.CompletedTask;
        }

        string[] failed;
        lock (_lock)
        {
            failed = [.. _steps.Where(step => step.State == CompletionState.CompletedWithError).Select(step => step.Title)];
        }

        // Each failed step has said why where it failed; what failed outside of all steps is said here.
        WriteLine($"✗ {name} failed after {Seconds(_start)}: {(failed is [] ? completion?.CompletionMessage : string.Join(", ", failed))}", "red");
        return Task.CompletedTask;
    }

    [Obsolete("Use CompletePublishAsync(PublishCompletionOptions?, CancellationToken) instead.")]
    public Task CompletePublishAsync(
        string? completionMessage = null, CompletionState? completionState = null, CancellationToken cancellationToken = default) =>
        CompletePublishAsync(
            new PublishCompletionOptions { CompletionMessage = completionMessage, CompletionState = completionState }, cancellationToken);

    /// <summary>Shows a message of a step, or of none.</summary>
    public void Log(string? title, LogLevel level, string message)
    {
        var (prefix, color) = level switch
        {
            LogLevel.Warning => ("warning: ", "yellow"),
            LogLevel.Error or LogLevel.Critical => ("error: ", "red"),
            _ => ("", null),
        };
        WriteLine($"{(title is null ? "" : title + "  ")}{prefix}{message}", color);
    }

    /// <summary>Shows that a step or a task has ended.</summary>
    public void Complete(string title, CompletionState state, long since, string? message)
    {
        var (outcome, color) = state switch
        {
            CompletionState.CompletedWithError => ("✗ failed", "red"),
            CompletionState.CompletedWithWarning => ("! done", "yellow"),
            _ => ("✓ done", "green"),
        };
        WriteLine($"{title}  {outcome} {Seconds(since)}{(string.IsNullOrEmpty(message) ? "" : ": " + message)}", color);
    }

    private CompletionState WorstState()
    {
        lock (_lock)
        {
            return _steps.Select(step => step.State).Append(CompletionState.Completed).Max();
        }
    }

    private string Seconds(long since) => time.GetElapsedTime(since).TotalSeconds.ToString("0.0's'", CultureInfo.InvariantCulture);

    private void WriteLine(string line, string? color)
    {
        lock (_lock)
        {
            // Spectre would wrap at 80 columns what goes to a file.
            if (Console.IsOutputRedirected || color is null)
            {
                Console.Out.WriteLine(line);
            }
            else
            {
                AnsiConsole.MarkupLine($"[{color}]{Markup.Escape(line)}[/]");
            }
        }
    }
}
