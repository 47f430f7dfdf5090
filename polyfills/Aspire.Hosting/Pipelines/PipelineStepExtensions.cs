using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Dependencies of several steps at once; null and the empty name are no dependency.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class PipelineStepExtensions
{
    /// <summary>Lets all steps come after one.</summary>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, PipelineStep? step) =>
        steps.DependsOn(step?.Name!);

    /// <summary>Lets all steps come after one.</summary>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, string stepName) =>
        ForEach(steps, stepName, (step, name) => step.DependsOn(name));

    /// <summary>Lets all steps come after all others.</summary>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, IEnumerable<PipelineStep> targetSteps)
    {
        foreach (var target in targetSteps)
        {
            steps.DependsOn(target);
        }

        return steps;
    }

    /// <summary>Lets all steps come before one.</summary>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, PipelineStep? step) =>
        steps.RequiredBy(step?.Name!);

    /// <summary>Lets all steps come before one.</summary>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, string stepName) =>
        ForEach(steps, stepName, (step, name) => step.RequiredBy(name));

    /// <summary>Lets all steps come before all others.</summary>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, IEnumerable<PipelineStep> targetSteps)
    {
        foreach (var target in targetSteps)
        {
            steps.RequiredBy(target);
        }

        return steps;
    }

    private static IEnumerable<PipelineStep> ForEach(IEnumerable<PipelineStep> steps, string? stepName, Action<PipelineStep, string> relate)
    {
        if (!string.IsNullOrEmpty(stepName))
        {
            foreach (var step in steps)
            {
                relate(step, stepName);
            }
        }

        return steps;
    }
}
