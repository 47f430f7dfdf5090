using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines.Progress;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines.Execution;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>Executes the pipeline in publish mode, then ends the process: with 0 where all went well, else with 1.</summary>
internal sealed class PipelineExecutor(
    ILogger<PipelineExecutor> logger,
    IHostApplicationLifetime lifetime,
    DistributedApplicationExecutionContext executionContext,
    DistributedApplicationModel model,
    IServiceProvider services,
    IDistributedApplicationPipeline pipeline,
    IPipelineActivityReporter reporter,
    ConsoleProgress progress,
    IDistributedApplicationEventing eventing) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Until the end is known: a step that ignores its token may never let it be.
        Environment.ExitCode = 1;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await eventing.PublishAsync(new BeforePublishEvent(services, model), stopping.Token);
            var context = new PipelineContext(model, executionContext, services, logger, stopping.Token);
            await pipeline.ExecuteAsync(context);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), stopping.Token);

            await reporter.CompletePublishAsync(new PublishCompletionOptions { PipelineSummary = context.Summary.Items }, stopping.Token);

            // A step may say that it failed without throwing.
            Environment.ExitCode = progress.HasFailed ? 1 : 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await reporter.CompletePublishAsync(
                new PublishCompletionOptions { CompletionMessage = "cancelled", CompletionState = CompletionState.CompletedWithError });
        }
        catch (Exception exception)
        {
            await reporter.CompletePublishAsync(
                new PublishCompletionOptions { CompletionMessage = exception.Message, CompletionState = CompletionState.CompletedWithError });
        }
        finally
        {
            lifetime.StopApplication();
        }
    }
}
