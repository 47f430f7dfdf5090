using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps of publishing and deploying, and their order.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IDistributedApplicationPipeline
{
    /// <summary>Adds a step.</summary>
    /// <param name="name">Its name, which no other step has.</param>
    /// <param name="action">What it does.</param>
    /// <param name="dependsOn">The name of a step that comes before, or several.</param>
    /// <param name="requiredBy">The name of a step that comes after, or several.</param>
    /// <exception cref="InvalidOperationException">There is a step of that name.</exception>
    /// <exception cref="ArgumentException">A dependency is neither a string nor a sequence of strings.</exception>
    void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null);

    /// <summary>Adds a step.</summary>
    /// <exception cref="InvalidOperationException">There is a step of that name.</exception>
    void AddStep(PipelineStep step);

    /// <summary>Adds a callback that may change steps once all of them are known.</summary>
    void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback);

    /// <summary>Executes the step that was asked for and all it depends on, or every step where none was.</summary>
    /// <exception cref="InvalidOperationException">A step is unknown or depends on itself, or an action failed.</exception>
    Task ExecuteAsync(PipelineContext context);
}
