using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines.Execution;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>Collects the steps of the AppHost, of its resources and its own, and executes them.</summary>
internal sealed class DistributedApplicationPipeline : IDistributedApplicationPipeline
{
    private readonly List<PipelineStep> _steps = [];
    private readonly List<Func<PipelineConfigurationContext, Task>> _configurations = [];

    public DistributedApplicationPipeline() => _steps.AddRange(BuiltInSteps.Create(this));

    public void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null) =>
        AddStep(new PipelineStep
        {
            Name = name,
            Action = action,
            DependsOnSteps = Names(dependsOn, nameof(dependsOn)),
            RequiredBySteps = Names(requiredBy, nameof(requiredBy)),
        });

    public void AddStep(PipelineStep step)
    {
        if (_steps.Any(known => known.Name == step.Name))
        {
            throw new InvalidOperationException($"A step with the name '{step.Name}' has already been added to the pipeline.");
        }

        _steps.Add(step);
    }

    public void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _configurations.Add(callback);
    }

    public async Task ExecuteAsync(PipelineContext context)
    {
        var graph = await ResolveAsync(context);
        var step = context.Services.GetService<IOptions<PipelineOptions>>()?.Value.Step;
        await new PipelineExecution(string.IsNullOrWhiteSpace(step) ? graph : UpTo(step, graph), context).ExecuteConcurrentlyAsync();
    }

    // These steps are only names for what others tie to them: doing nothing would look like success.
    private static PipelineGraph UpTo(string step, PipelineGraph graph)
    {
        var needed = graph.UpTo(step);
        return needed.Steps.Count > 1 || step is not (WellKnownPipelineSteps.Publish or WellKnownPipelineSteps.Deploy or WellKnownPipelineSteps.Destroy)
            ? needed
            : throw new DistributedApplicationException(
                $"Nothing in the model takes part in '{step}'. Add a compute environment, a resource that publishes and deploys the others, "
                + $"or a step that is required by '{step}'.");
    }

    /// <summary>Executes one step and all it depends on, one after the other: they change the model.</summary>
    public async Task ExecuteInOrderAsync(string step, PipelineContext context) =>
        await new PipelineExecution((await ResolveAsync(context)).UpTo(step), context).ExecuteInOrderAsync();

    /// <summary>All steps, as the configurations leave them. Copies, so that each execution starts from what was added.</summary>
    public async Task<PipelineGraph> ResolveAsync(PipelineContext context)
    {
        var steps = _steps.ConvertAll(step => step.Copy());
        foreach (var resource in context.Model.Resources)
        {
            var factory = new PipelineStepFactoryContext { PipelineContext = context, Resource = resource };
            foreach (var annotation in resource.Annotations.OfType<PipelineStepAnnotation>())
            {
                foreach (var step in await annotation.CreateStepsAsync(factory))
                {
                    step.Resource ??= resource;
                    steps.Add(step);
                }
            }
        }

        var configuration = new PipelineConfigurationContext
        {
            Services = context.Services,
            Steps = steps.AsReadOnly(),
            Model = context.Model,
        };
        var ofResources = context.Model.Resources
            .SelectMany(resource => resource.Annotations.OfType<PipelineConfigurationAnnotation>())
            .Select(annotation => annotation.Callback);
        foreach (var configure in _configurations.Concat(ofResources).ToList())
        {
            await configure(configuration);
        }

        return PipelineGraph.Create(steps);
    }

    private static List<string> Names(object? names, string parameter) => names switch
    {
        null => [],
        string name => [name],
        IEnumerable<string> several => [.. several],
        _ => throw new ArgumentException(
            $"The {parameter} parameter must be a string or IEnumerable<string>, but was {names.GetType().Name}.", parameter),
    };
}
