using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Steps of resources.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class PipelineStepFactoryExtensions
{
    /// <summary>Gives a resource a step.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, PipelineStep> factory) where T : IResource =>
        Add(builder, factory, () => new PipelineStepAnnotation(factory));

    /// <summary>Gives a resource a step.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, Task<PipelineStep>> factory) where T : IResource =>
        Add(builder, factory, () => new PipelineStepAnnotation(factory));

    /// <summary>Gives a resource steps.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, IEnumerable<PipelineStep>> factory) where T : IResource =>
        Add(builder, factory, () => new PipelineStepAnnotation(factory));

    /// <summary>Gives a resource steps.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> factory) where T : IResource =>
        Add(builder, factory, () => new PipelineStepAnnotation(factory));

    /// <summary>Gives a resource a step.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder,
        string stepName,
        Func<PipelineStepContext, Task> callback,
        string[]? dependsOn = null,
        string[]? requiredBy = null,
        string[]? tags = null,
        string? description = null) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(stepName);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithPipelineStepFactory(_ => new PipelineStep
        {
            Name = stepName,
            Description = description,
            Action = callback,
            DependsOnSteps = [.. dependsOn ?? []],
            RequiredBySteps = [.. requiredBy ?? []],
            Tags = [.. tags ?? []],
            Resource = builder.Resource,
        });
    }

    /// <summary>Lets a resource change steps once all of them are known.</summary>
    public static IResourceBuilder<T> WithPipelineConfiguration<T>(
        this IResourceBuilder<T> builder, Func<PipelineConfigurationContext, Task> callback) where T : IResource =>
        Add(builder, callback, () => new PipelineConfigurationAnnotation(callback));

    /// <summary>Lets a resource change steps once all of them are known.</summary>
    public static IResourceBuilder<T> WithPipelineConfiguration<T>(
        this IResourceBuilder<T> builder, Action<PipelineConfigurationContext> callback) where T : IResource =>
        Add(builder, callback, () => new PipelineConfigurationAnnotation(callback));

    private static IResourceBuilder<T> Add<T>(
        IResourceBuilder<T> builder, Delegate factory, Func<IResourceAnnotation> annotation) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(factory);
        return builder.WithAnnotation(annotation());
    }
}
