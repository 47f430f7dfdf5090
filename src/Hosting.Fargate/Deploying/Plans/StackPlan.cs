using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>What a deploy would do to one stack.</summary>
/// <param name="Changes">What it changes.</param>
internal sealed record StackPlan(IReadOnlyList<PlannedChange> Changes)
{
    /// <summary>What a reader should know of how it was made.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>As CloudFormation plans it, by a change set that is taken back.</summary>
    public static async Task<StackPlan> OfChangeSetAsync(
        StackSession session,
        StackTarget target,
        LiveStack live,
        CancellationToken cancellationToken
    )
    {
        if (await session.ChangeSets.CreateAsync(target, live, cancellationToken) is not { } changes)
        {
            return new StackPlan([]);
        }

        await session.ChangeSets.DiscardAsync(changes, CancellationToken.None);
        return new StackPlan(PlannedChange.From(changes))
        {
            Notes = [.. changes.Warnings.Select(warning => $"CloudFormation warns: {warning}")],
        };
    }
}
