using Hosting.Fargate.Aws;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Removal;

/// <summary>What stays of the databases of an application that is destroyed: a final snapshot of each.</summary>
internal sealed class FinalSnapshots
{
    private readonly StackSession _session;
    private readonly LiveStack _stack;
    private readonly IReadOnlyList<DeployedDatabase> _databases;
    private readonly IReadOnlyList<DeployedDatabase> _protected;

    private FinalSnapshots(
        StackSession session,
        LiveStack stack,
        IReadOnlyList<DeployedDatabase> databases,
        IReadOnlyList<DeployedDatabase> protectedOnes
    )
    {
        _session = session;
        _stack = stack;
        _databases = databases;
        _protected = protectedOnes;
    }

    /// <summary>A line for each database that goes.</summary>
    public IEnumerable<string> Lines =>
        _databases.Select(database =>
            $"the database '{database.Name}', "
            + (_protected.Contains(database) ? "whose deletion protection is lifted, and " : "")
            + "of which a final snapshot stays"
        );

    /// <summary>The databases of a stack.</summary>
    public static async Task<FinalSnapshots> OfAsync(StackSession session, LiveStack stack, CancellationToken cancellationToken)
    {
        using var protection = new DeletionProtection(session);
        return new FinalSnapshots(
            session,
            stack,
            await protection.DatabasesAsync(stack, cancellationToken),
            await protection.ProtectedAsync(stack, cancellationToken)
        );
    }

    /// <summary>Lets them be deleted, which was agreed to.</summary>
    /// <exception cref="Aspire.Hosting.DistributedApplicationException">One is not in a state in which that can be done: nothing is deleted
    /// by then.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        using var protection = new DeletionProtection(_session);
        await protection.LiftAsync(await protection.ProtectedAsync(_stack, cancellationToken), cancellationToken);
    }

    /// <summary>The names that CloudFormation gave the snapshots; none where they may not be listed.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        using var calls = new PlainCalls(_session.Aws, _session.Account);
        List<string> names = [];
        foreach (var database in _databases)
        {
            names.AddRange(
                (await DatabaseSnapshots.ListAsync(calls, database.Type, database.Name, cancellationToken)).Select(snapshot =>
                    snapshot.Name
                )
            );
        }

        return names;
    }
}
