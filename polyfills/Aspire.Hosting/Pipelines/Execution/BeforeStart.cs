using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines.Execution;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>Executes the step before-start: in both modes, when the model is complete and before anything of it starts.</summary>
internal sealed class BeforeStart(
    IServiceProvider services,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationPipeline pipeline,
    ILogger<BeforeStart> logger)
{
    /// <exception cref="PipelineFailedException">A step failed.</exception>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        BindToOnlyEnvironment();
        if (pipeline is not DistributedApplicationPipeline ours)
        {
            throw new InvalidOperationException(
                $"The pipeline '{pipeline.GetType().FullName}' does not support executing the '{WellKnownPipelineSteps.BeforeStart}' step during startup.");
        }

        try
        {
            var context = new PipelineContext(model, executionContext, services, logger, cancellationToken);
            await ours.ExecuteInOrderAsync(WellKnownPipelineSteps.BeforeStart, context);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Steps were shown in publish mode; a graph that cannot be executed has no step to be shown on.
            var isReported = executionContext.IsPublishMode && exception is DistributedApplicationException or { InnerException: not null };
            throw new PipelineFailedException(exception.Message, exception, isReported);
        }
    }

    /// <summary>A compute resource goes to the environment that there is, unless it was bound to one.</summary>
    private void BindToOnlyEnvironment()
    {
        if (model.Resources.OfType<IComputeEnvironmentResource>().ToList() is not [var environment])
        {
            return;
        }

        foreach (var resource in model.Resources.OfType<IComputeResource>().Where(resource => resource.GetComputeEnvironment() is null))
        {
            resource.Annotations.Add(new ComputeEnvironmentAnnotation(environment));
        }
    }
}
