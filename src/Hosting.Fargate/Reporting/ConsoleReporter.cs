using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Hosting;

namespace Hosting.Fargate.Reporting;

#pragma warning disable ASPIREPIPELINES001 // Steps are reported as the pipeline does.

/// <summary>
/// Shows the steps of a pipeline where the Aspire CLI does not: each once, with its duration, and what failed in one message. The host
/// itself would say nothing of them, and end with exit code 0.
/// </summary>
/// <param name="console">Where it is shown.</param>
/// <param name="lifetime">Says whether somebody ended the process.</param>
/// <param name="time">The clock.</param>
/// <param name="exitWith">Takes the exit code of the process.</param>
internal sealed class ConsoleReporter(LiveConsole console, IHostApplicationLifetime lifetime, TimeProvider time, Action<int> exitWith)
    : IPipelineActivityReporter
{
    public TimeProvider Time => time;

    public LiveConsole Console => console;

    /// <summary>Whether somebody ended the process: what fails then was told to stop.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReportingStep>(new ConsoleStep(this, title));

    public Task CompletePublishAsync(PublishCompletionOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.PipelineSummary is { Count: > 0 } summary)
        {
            var width = summary.Max(item => item.Key.Length);
            foreach (var item in summary)
            {
                console.Line($"{item.Key.PadRight(width)}  {item.Value}");
            }
        }

        return Task.CompletedTask;
    }

    [Obsolete("As the interface has it.")]
    public Task CompletePublishAsync(
        string? completionMessage = null,
        CompletionState? completionState = null,
        CancellationToken cancellationToken = default
    ) => CompletePublishAsync(options: null, cancellationToken);

    /// <summary>Whether a step has said what failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Something failed: the process ends so.</summary>
    public void Fail()
    {
        HasFailed = true;
        exitWith(1);
    }
}
