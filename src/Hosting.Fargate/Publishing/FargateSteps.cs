using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Hosting.Fargate.Deploying.Verbs;

namespace Hosting.Fargate.Publishing;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Publishing is a step of the pipeline.

/// <summary>
/// The pipeline steps of an environment: <c>publish-NAME</c>, <c>deploy-NAME</c> and <c>destroy-NAME</c> belong to the host's own verbs; for the
/// others the first environment of a model makes a step that does them for all.
/// </summary>
internal static class FargateSteps
{
    private static readonly (string Verb, string Description, Func<Verb, Task> Run)[] s_verbs =
    [
        ("plan", "Says what deploy would do to '{0}'.", verb => new PlanVerb(verb).ExecuteAsync()),
        ("status", "Says what is deployed of '{0}', and how it does.", verb => new StatusVerb(verb).ExecuteAsync()),
        ("logs", "Prints what the tasks of '{0}' print.", verb => new LogsVerb(verb).ExecuteAsync()),
        ("run", "Runs a task of '{0}' once.", verb => new RunVerb(verb).ExecuteAsync()),
    ];

    public static PipelineStepAnnotation Create(FargateEnvironmentResource environment) => new(factory =>
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
        Step(environment, WellKnownPipelineSteps.Deploy, "Takes '{0}' live on Amazon ECS.", verb => new DeployVerb(verb).ExecuteAsync(), [WellKnownPipelineSteps.Deploy]),
        Step(environment, WellKnownPipelineSteps.Destroy, "Takes '{0}' away.", verb => new DestroyVerb(verb).ExecuteAsync(), [WellKnownPipelineSteps.Destroy]),
        .. s_verbs.Select(verb => Step(environment, verb.Verb, verb.Description, verb.Run, [])),
        .. ForAll(environment, factory.PipelineContext.Model),
    ]);

    private static PipelineStep Step(FargateEnvironmentResource environment, string verb, string description, Func<Verb, Task> run, List<string> requiredBy) => new()
    {
        Name = $"{verb}-{environment.Name}",
        Description = string.Format(CultureInfo.InvariantCulture, description, environment.Name),
        Action = context => Verb.RunAsync(context, environment, run),
        RequiredBySteps = requiredBy,
    };

    /// <summary>A name may be taken once: the first environment of the model has it for all of them.</summary>
    private static IEnumerable<PipelineStep> ForAll(FargateEnvironmentResource environment, DistributedApplicationModel model)
    {
        FargateEnvironmentResource[] environments = [.. model.Resources.OfType<FargateEnvironmentResource>()];
        return environments[0] != environment ? [] : s_verbs.Select(verb => new PipelineStep
        {
            Name = verb.Verb,
            Description = string.Format(CultureInfo.InvariantCulture, verb.Description, string.Join("', '", environments.Select(other => other.Name))),
            Action = _ => Task.CompletedTask,
            DependsOnSteps = [.. environments.Select(other => $"{verb.Verb}-{other.Name}")],
        });
    }

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
