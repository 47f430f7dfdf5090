using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>What a deploy would do.</summary>
internal sealed record Plan
{
    /// <summary>The stacks' changes, the foundation's first.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>Secrets whose value differs from the one deployed, by path; never a value.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Workloads whose image is not in the registry yet.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Tasks that run before services roll, in order.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>What the application costs a month as deployed; null where that is not known.</summary>
    public CostRange? CostBefore { get; init; }

    public CostRange? CostAfter { get; init; }

    /// <summary>What a reader should know of how the plan was made.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether a deploy would change anything: tasks run in each deploy, and are none.</summary>
    public bool IsEmpty => Changes.Count == 0 && Secrets.Count == 0 && Images.Count == 0;
}

/// <summary>USD a month, with everything scaled in and scaled out.</summary>
internal sealed record CostRange(decimal Minimum, decimal Maximum)
{
    public static CostRange Of(CostEstimate estimate) => new(estimate.Minimum, estimate.Maximum);
}
