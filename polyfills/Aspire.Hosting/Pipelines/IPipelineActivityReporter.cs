using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Shows the progress of a pipeline.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IPipelineActivityReporter
{
    /// <summary>Begins a step.</summary>
    Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default);

    /// <summary>Begins a step that belongs under another.</summary>
    Task<IReportingStep> CreateStepAsync(
        string title, string? parentStepId, int hierarchyLevel, CancellationToken cancellationToken = default) =>
        CreateStepAsync(title, cancellationToken);

    /// <summary>Ends the pipeline.</summary>
    Task CompletePublishAsync(PublishCompletionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Ends the pipeline.</summary>
    [Obsolete("Use CompletePublishAsync(PublishCompletionOptions?, CancellationToken) instead.")]
    Task CompletePublishAsync(
        string? completionMessage = null, CompletionState? completionState = null, CancellationToken cancellationToken = default);
}

/// <summary>How a pipeline ended.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class PublishCompletionOptions
{
    /// <summary>What to say of it.</summary>
    public string? CompletionMessage { get; set; }

    /// <summary>Its outcome; the worst of its steps' where null.</summary>
    public CompletionState? CompletionState { get; set; }

    /// <summary>What the steps left to be shown at the end.</summary>
    public IReadOnlyList<PipelineSummaryItem>? PipelineSummary { get; set; }
}
