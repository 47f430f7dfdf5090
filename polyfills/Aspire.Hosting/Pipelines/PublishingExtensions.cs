using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The usual ways for a step or a task to end.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class PublishingExtensions
{
    /// <summary>Ends a step well.</summary>
    public static async Task<IReportingStep> SucceedAsync(
        this IReportingStep step, string? message = null, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(message ?? "Completed successfully", CompletionState.Completed, cancellationToken);
        return step;
    }

    /// <summary>Ends a step well.</summary>
    public static async Task<IReportingStep> SucceedAsync(
        this IReportingStep step, MarkdownString message, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(message, CompletionState.Completed, cancellationToken);
        return step;
    }

    /// <summary>Ends a step well, with something to look at.</summary>
    public static async Task<IReportingStep> WarnAsync(
        this IReportingStep step, string? message = null, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(message ?? "Completed with warnings", CompletionState.CompletedWithWarning, cancellationToken);
        return step;
    }

    /// <summary>Ends a step well, with something to look at.</summary>
    public static async Task<IReportingStep> WarnAsync(
        this IReportingStep step, MarkdownString message, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(message, CompletionState.CompletedWithWarning, cancellationToken);
        return step;
    }

    /// <summary>Ends a step that failed.</summary>
    public static async Task<IReportingStep> FailAsync(
        this IReportingStep step, string? errorMessage = null, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(errorMessage ?? "Failed", CompletionState.CompletedWithError, cancellationToken);
        return step;
    }

    /// <summary>Ends a step that failed.</summary>
    public static async Task<IReportingStep> FailAsync(
        this IReportingStep step, MarkdownString errorMessage, CancellationToken cancellationToken = default)
    {
        await step.CompleteAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);
        return step;
    }

    /// <summary>Says what a task is doing now.</summary>
    public static async Task<IReportingTask> UpdateStatusAsync(
        this IReportingTask task, string statusText, CancellationToken cancellationToken = default)
    {
        await task.UpdateAsync(statusText, cancellationToken);
        return task;
    }

    /// <summary>Says what a task is doing now.</summary>
    public static async Task<IReportingTask> UpdateStatusAsync(
        this IReportingTask task, MarkdownString statusText, CancellationToken cancellationToken = default)
    {
        await task.UpdateAsync(statusText, cancellationToken);
        return task;
    }

    /// <summary>Ends a task well.</summary>
    public static async Task<IReportingTask> SucceedAsync(
        this IReportingTask task, string? message = null, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(message, CompletionState.Completed, cancellationToken);
        return task;
    }

    /// <summary>Ends a task well.</summary>
    public static async Task<IReportingTask> SucceedAsync(
        this IReportingTask task, MarkdownString message, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(message, CompletionState.Completed, cancellationToken);
        return task;
    }

    /// <summary>Ends a task well, with something to look at.</summary>
    public static async Task<IReportingTask> WarnAsync(
        this IReportingTask task, string? message = null, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(message, CompletionState.CompletedWithWarning, cancellationToken);
        return task;
    }

    /// <summary>Ends a task well, with something to look at.</summary>
    public static async Task<IReportingTask> WarnAsync(
        this IReportingTask task, MarkdownString message, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(message, CompletionState.CompletedWithWarning, cancellationToken);
        return task;
    }

    /// <summary>Ends a task that failed.</summary>
    public static async Task<IReportingTask> FailAsync(
        this IReportingTask task, string? errorMessage = null, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);
        return task;
    }

    /// <summary>Ends a task that failed.</summary>
    public static async Task<IReportingTask> FailAsync(
        this IReportingTask task, MarkdownString errorMessage, CancellationToken cancellationToken = default)
    {
        await task.CompleteAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);
        return task;
    }
}
