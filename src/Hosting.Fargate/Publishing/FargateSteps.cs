using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;

namespace Hosting.Fargate.Publishing;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Publishing is a step of the pipeline.

/// <summary>The pipeline steps of an environment.</summary>
internal static class FargateSteps
{
    public static PipelineStepAnnotation Create(FargateEnvironmentResource environment) => new(_ =>
    [
        new PipelineStep
        {
            Name = $"target-{environment.Name}",
            Description = $"Says which resources of the model run in '{environment.Name}'.",
            Action = context => Target(context, environment),
            DependsOnSteps = [WellKnownPipelineSteps.ValidateComputeEnvironments],
            RequiredBySteps = [WellKnownPipelineSteps.BeforeStart],
        },
        new PipelineStep
        {
            Name = $"publish-{environment.Name}",
            Description = $"Writes the CloudFormation templates of '{environment.Name}'.",
            Action = context => PublishStep.ExecuteAsync(context, environment),
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
        },
    ]);

    private static Task Target(PipelineStepContext context, FargateEnvironmentResource environment)
    {
        foreach (var resource in context.Model.GetComputeResources())
        {
            if (resource.GetComputeEnvironment() is not { } other || other == environment)
            {
                resource.Annotations.Add(new DeploymentTargetAnnotation(environment) { ComputeEnvironment = environment });
            }
        }

        return Task.CompletedTask;
    }
}
