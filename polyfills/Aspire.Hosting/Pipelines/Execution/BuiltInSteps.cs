using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines.Execution;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES002 // The implementation of what others may only try out.

/// <summary>The steps that every pipeline has. What resources do is tied to them: first the prerequisites, then that, then the verb.</summary>
internal static class BuiltInSteps
{
    internal const string PublishManifest = "publish-manifest";

    public static IEnumerable<PipelineStep> Create(DistributedApplicationPipeline pipeline) =>
    [
        Step(WellKnownPipelineSteps.Deploy, "All that deploys."),
        Step(WellKnownPipelineSteps.DeployPrereq, "Comes before what deploys.", PrepareDeploymentAsync),
        Step(WellKnownPipelineSteps.ProcessParameters, "Takes the value of every parameter.", ProcessParametersAsync,
            requiredBy: [WellKnownPipelineSteps.DeployPrereq, WellKnownPipelineSteps.BuildPrereq, WellKnownPipelineSteps.PublishPrereq]),
        Step(WellKnownPipelineSteps.Build, "All that builds images.",
            context => RequireStepsAsync(pipeline, context, WellKnownPipelineSteps.Build, WellKnownPipelineTags.BuildCompute)),
        Step(WellKnownPipelineSteps.BuildPrereq, "Comes before what builds images."),
        Step(WellKnownPipelineSteps.CheckContainerRuntime, "Is there a Docker or Podman that runs?",
            context => ContainerRuntime.CheckAsync(context.CancellationToken)),
        Step(WellKnownPipelineSteps.Push, "All that pushes images.",
            context => RequireStepsAsync(pipeline, context, WellKnownPipelineSteps.Push, WellKnownPipelineTags.PushContainerImage),
            dependsOn: [WellKnownPipelineSteps.PushPrereq]),
        Step(WellKnownPipelineSteps.PushPrereq, "Comes before what pushes images."),
        Step(WellKnownPipelineSteps.Publish, "All that publishes."),
        Step(WellKnownPipelineSteps.PublishPrereq, "Comes before what publishes."),
        Step(PublishManifest, "Writes the manifest.", RefuseManifest),
        Step(WellKnownPipelineSteps.Diagnostics, "Prints the steps and their order.",
            async context => PipelineDiagnostics.Print(await pipeline.ResolveAsync(context.PipelineContext), context)),
        Step(WellKnownPipelineSteps.BeforeStart, "All that comes before the application starts."),
        Step(WellKnownPipelineSteps.ValidateComputeEnvironments, "Is it clear where each compute resource goes?", ValidateComputeEnvironments,
            requiredBy: [WellKnownPipelineSteps.BeforeStart]),
        Step(WellKnownPipelineSteps.Destroy, "All that takes a deployment away.", ClearStateAsync),
        Step(WellKnownPipelineSteps.DestroyPrereq, "Comes before what takes a deployment away."),
    ];

    private static PipelineStep Step(
        string name,
        string description,
        Func<PipelineStepContext, Task>? action = null,
        List<string>? dependsOn = null,
        List<string>? requiredBy = null) => new()
        {
            Name = name,
            Description = description,
            Action = action ?? (_ => Task.CompletedTask),
            DependsOnSteps = dependsOn ?? [],
            RequiredBySteps = requiredBy ?? [],
        };

    private static async Task PrepareDeploymentAsync(PipelineStepContext context)
    {
        var options = context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value;
        var state = context.Services.GetRequiredService<IDeploymentStateManager>();
        if (state.StateFilePath is not { } path || !File.Exists(path))
        {
            return;
        }

        if (options.ClearCache)
        {
            await state.ClearAllStateAsync(context.CancellationToken);
            context.Logger.LogInformation("Deployment state cleared: {StateFilePath}", path);
        }
        else
        {
            context.Logger.LogInformation("Deployment state will be loaded from: {StateFilePath}", path);
        }
    }

    /// <summary>Asks every parameter for its value. Without the official command line nobody could be asked for one that is missing.</summary>
    private static async Task ProcessParametersAsync(PipelineStepContext context)
    {
        var missing = new List<string>();
        foreach (var parameter in context.Model.Resources.OfType<ParameterResource>())
        {
            try
            {
                await parameter.GetValueAsync(context.CancellationToken);
            }
            catch (MissingParameterValueException exception)
            {
                missing.Add(exception.Message);
            }
        }

        if (missing.Count > 0)
        {
            throw new MissingParameterValueException(string.Join(Environment.NewLine, missing));
        }
    }

    /// <summary>Fails where images would have to be built or pushed and nothing does: doing nothing would look like success.</summary>
    private static async Task RequireStepsAsync(DistributedApplicationPipeline pipeline, PipelineStepContext context, string step, string tag)
    {
        var resources = context.Model.Resources.Where(resource => resource.RequiresImageBuild()).Select(resource => resource.Name).ToList();
        var graph = await pipeline.ResolveAsync(context.PipelineContext);
        if (resources.Count > 0 && !graph.Steps.Any(other => other.Tags.Contains(tag) || other.RequiredBySteps.Contains(step)))
        {
            throw new DistributedApplicationException(
                $"No step of this pipeline does '{step}' for '{string.Join("', '", resources)}': images are not made by the built-in steps here. "
                + "Use the steps of the compute environment ('deploy'), or add one that is required by this step.");
        }
    }

    private static Task RefuseManifest(PipelineStepContext context) => throw new DistributedApplicationException(
        "The manifest is not written here: 'publish-manifest' needs the official Aspire.Hosting package "
        + $"(UseOfficialPackages=true). Use '--step {WellKnownPipelineSteps.Publish}' with a compute environment in the model.");

    private static Task ValidateComputeEnvironments(PipelineStepContext context)
    {
        var environments = context.Model.Resources.OfType<IComputeEnvironmentResource>().Select(environment => environment.Name).ToList();
        var unbound = context.Model.Resources.OfType<IComputeResource>()
            .Where(resource => resource.GetComputeEnvironment() is null)
            .Select(resource => resource.Name)
            .ToList();
        if (environments.Count > 1 && unbound.Count > 0)
        {
            throw new InvalidOperationException(
                $"Compute resource(s) '{string.Join("', '", unbound)}' are not assigned to a compute environment, but the model contains multiple "
                + $"compute environments ('{string.Join("', '", environments)}'). Specify which environment each resource should target by calling "
                + "'WithComputeEnvironment' on the resource builder.");
        }

        return Task.CompletedTask;
    }

    private static Task ClearStateAsync(PipelineStepContext context) =>
        context.Services.GetRequiredService<IDeploymentStateManager>().ClearAllStateAsync(context.CancellationToken);
}
