using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Hosting.Fargate.CommandLine;
using Hosting.Fargate.Deploying.Verbs;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Deploying;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Publishing is a step of the pipeline.

/// <summary>
/// The pipeline steps of an environment, one for each verb: <c>publish-NAME</c>, <c>deploy-NAME</c> and <c>destroy-NAME</c> belong to the
/// host's own steps; for the others the first environment of a model makes a step that does them for all.
/// </summary>
internal static class FargateSteps
{
    public static PipelineStepAnnotation Create(FargateEnvironmentResource environment) =>
        new(factory =>
            [
                new PipelineStep
                {
                    Name = $"target-{environment.Name}",
                    Description = $"Says which resources of the model run in '{environment.Name}'.",
                    Action = context => Target(context, environment),
                    DependsOnSteps = [WellKnownPipelineSteps.ValidateComputeEnvironments],
                    RequiredBySteps = [WellKnownPipelineSteps.BeforeStart],
                },
                .. FargateVerb.All.Select(verb => new PipelineStep
                {
                    Name = $"{verb.Name}-{environment.Name}",
                    Description = Describe(verb, environment.Name),
                    Action = context => RunAsync(verb, context, environment),
                    RequiredBySteps = verb.IsOfHost ? [verb.Name] : [],
                }),
                .. ForAll(environment, factory.PipelineContext.Model),
            ]
        );

    private static Task RunAsync(FargateVerb verb, PipelineStepContext context, FargateEnvironmentResource environment) =>
        verb.Name switch
        {
            "publish" => PublishStep.ExecuteAsync(context, environment),
            "plan" => PublishedVerb.RunAsync(context, environment, started => new PlanVerb(started).ExecuteAsync()),
            "deploy" => PublishedVerb.RunAsync(context, environment, started => new DeployVerb(started).ExecuteAsync()),
            "status" => Verb.RunAsync(context, environment, started => new StatusVerb(started, environment).ExecuteAsync()),
            "logs" => Verb.RunAsync(context, environment, started => new LogsVerb(started).ExecuteAsync()),
            "run" => Verb.RunAsync(context, environment, started => new RunVerb(started).ExecuteAsync()),
            "destroy" => Verb.RunAsync(context, environment, started => new DestroyVerb(started).ExecuteAsync()),
            _ => throw new InvalidOperationException($"The verb '{verb.Name}' does nothing."),
        };

    /// <summary>A name may be taken once: the first environment of the model has it for all of them.</summary>
    private static IEnumerable<PipelineStep> ForAll(FargateEnvironmentResource environment, DistributedApplicationModel model)
    {
        FargateEnvironmentResource[] environments = [.. model.Resources.OfType<FargateEnvironmentResource>()];
        return environments[0] != environment
            ? []
            : FargateVerb
                .All.Where(verb => !verb.IsOfHost)
                .Select(verb => new PipelineStep
                {
                    Name = verb.Name,
                    Description = Describe(verb, string.Join("', '", environments.Select(other => other.Name))),
                    Action = _ => Task.CompletedTask,
                    DependsOnSteps = [.. environments.Select(other => $"{verb.Name}-{other.Name}")],
                });
    }

    private static string Describe(FargateVerb verb, string environments) =>
        string.Format(CultureInfo.InvariantCulture, verb.Description, environments);

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
