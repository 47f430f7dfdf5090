using Hosting.Fargate.Costs;
using Hosting.Fargate.Images;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>What a deploy would do.</summary>
internal sealed record Plan
{
    /// <summary>The stacks' changes, the foundation's first.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>The stack that is in us-east-1, wherever the others are; null where there is none.</summary>
    public string? EdgeStack { get; init; }

    /// <summary>Secrets whose value differs from the one deployed, by path; never a value.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The images of workloads; one without a reference is not in the registry yet.</summary>
    public IReadOnlyList<DeployedImage> Images { get; init; } = [];

    /// <summary>Workloads whose image is not in the registry yet.</summary>
    public IEnumerable<string> ImagesToPush => Images.Where(image => image.Reference is null).Select(image => image.Resource);

    /// <summary>Sites that browsers get something else of, with how much is sent.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Tasks that run before services roll, in order.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>What the application costs a month as deployed; null where that is not known.</summary>
    public CostRange? CostBefore { get; init; }

    public CostRange? CostAfter { get; init; }

    /// <summary>The logical ids of databases that RDS refuses to delete as they are deployed.</summary>
    public IReadOnlySet<string> Protected { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What a reader should know of how the plan was made.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The change set that the application's stack was last changed by when CloudFormation made this plan of it; null where the templates
    /// were compared here.
    /// </summary>
    public string? MadeOf { get; init; }

    /// <summary>What it does to a stack, in few words.</summary>
    public string Says(string stack) =>
        Changes.Where(change => change.Stack == stack).ToList() is { Count: > 0 } changes ? PlanText.Counts(changes) : "unchanged";

    /// <summary>Whether a deploy would change anything: tasks run in each deploy, and are none.</summary>
    public bool IsEmpty => Changes.Count == 0 && Secrets.Count == 0 && Sites.Count == 0 && !ImagesToPush.Any();
}

/// <summary>USD a month, with everything scaled in and scaled out.</summary>
internal sealed record CostRange(decimal Minimum, decimal Maximum)
{
    public static CostRange Of(CostEstimate estimate) => new(estimate.Minimum, estimate.Maximum);
}
