using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Aspire.Hosting.Pipelines.Progress;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines.Execution;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>One execution of some steps.</summary>
internal sealed class PipelineExecution(PipelineGraph graph, PipelineContext context)
{
    private readonly IPipelineActivityReporter _reporter = context.Services.GetRequiredService<IPipelineActivityReporter>();
    private readonly IReadOnlyDictionary<string, int> _levels = graph.Levels();
    private readonly ConcurrentQueue<(string Step, Exception Exception)> _failures = [];

    /// <summary>Starts each step as soon as all it depends on is done. What depends on a failed step is left out, the rest goes on.</summary>
    public async Task ExecuteConcurrentlyAsync()
    {
        var outcomes = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        foreach (var step in graph.InOrder())
        {
            var dependencies = step.DependsOnSteps.Select(name => outcomes[name]).ToList();
            outcomes[step.Name] = Task.Run(() => ExecuteAfterAsync(dependencies, step));
        }

        await Task.WhenAll(outcomes.Values);
        Rethrow();
    }

    /// <summary>Executes one step after the other, up to the first that fails.</summary>
    public async Task ExecuteInOrderAsync()
    {
        foreach (var step in graph.InOrder())
        {
            if (!await ExecuteAsync(step))
            {
                break;
            }
        }

        Rethrow();
    }

    private async Task<bool> ExecuteAfterAsync(List<Task<bool>> dependencies, PipelineStep step) =>
        (await Task.WhenAll(dependencies)).All(succeeded => succeeded) && await ExecuteAsync(step);

    private async Task<bool> ExecuteAsync(PipelineStep step)
    {
        try
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var parent = step.DependsOnSteps.OrderByDescending(name => _levels[name]).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();
            var reportingStep = await _reporter.CreateStepAsync(step.Name, parent, _levels[step.Name], context.CancellationToken);
            await using (reportingStep)
            {
                await ExecuteAsync(step, reportingStep);
            }

            return true;
        }
        catch (Exception exception)
        {
            _failures.Enqueue((step.Name, exception));
            return false;
        }
    }

    private async Task ExecuteAsync(PipelineStep step, IReportingStep reportingStep)
    {
        using var logging = PipelineLoggerProvider.LogTo(reportingStep);
        try
        {
            await step.Action(new PipelineStepContext { PipelineContext = context, ReportingStep = reportingStep });
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            await reportingStep.FailAsync("cancelled");
            throw;
        }
        catch (Exception exception)
        {
            if (context.Services.GetRequiredService<IConfiguration>().GetValue<bool>("Pipeline:IncludeExceptionDetails"))
            {
                reportingStep.Log(LogLevel.Error, exception.ToString());
            }

            // A DistributedApplicationException was written for a reader; any other needs to be told where it came from.
            var failure = exception as DistributedApplicationException
                ?? (Exception)new InvalidOperationException($"Step '{step.Name}' failed: {exception.Message}", exception);
            await reportingStep.FailAsync(failure.Message);
            throw failure;
        }
    }

    private void Rethrow()
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (_failures.Count > 1)
        {
            throw new AggregateException(
                $"Multiple pipeline steps failed: {string.Join(", ", _failures.Select(failure => failure.Step))}",
                _failures.Select(failure => failure.Exception));
        }

        if (_failures.TryPeek(out var single))
        {
            ExceptionDispatchInfo.Throw(single.Exception);
        }
    }
}
