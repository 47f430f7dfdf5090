using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>A step of a pipeline.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
[DebuggerDisplay("{Name}")]
public class PipelineStep
{
    /// <summary>Its name, which no other step has.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it does.</summary>
    public required Func<PipelineStepContext, Task> Action { get; init; }

    /// <summary>The names of the steps that come before it.</summary>
    public List<string> DependsOnSteps { get; init; } = [];

    /// <summary>The names of the steps that it comes before.</summary>
    public List<string> RequiredBySteps { get; init; } = [];

    /// <summary>What others find it by.</summary>
    public List<string> Tags { get; init; } = [];

    /// <summary>The resource it is a step of.</summary>
    public IResource? Resource { get; set; }

    /// <summary>Lets it come after a step.</summary>
    public void DependsOn(string stepName) => DependsOnSteps.Add(stepName);

    /// <summary>Lets it come after a step.</summary>
    public void DependsOn(PipelineStep step) => DependsOnSteps.Add(step.Name);

    /// <summary>Lets it come before a step.</summary>
    public void RequiredBy(string stepName) => RequiredBySteps.Add(stepName);

    /// <summary>Lets it come before a step.</summary>
    public void RequiredBy(PipelineStep step) => RequiredBySteps.Add(step.Name);

    /// <summary>A copy whose dependencies can change without those of this one.</summary>
    internal PipelineStep Copy() => new()
    {
        Name = Name,
        Description = Description,
        Action = Action,
        DependsOnSteps = [.. DependsOnSteps],
        RequiredBySteps = [.. RequiredBySteps],
        Tags = [.. Tags],
        Resource = Resource,
    };
}
