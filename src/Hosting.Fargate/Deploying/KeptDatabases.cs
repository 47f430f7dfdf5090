using Amazon.CloudFormation;
using Aspire.Hosting;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// Databases that are left in a stack which can only be deleted and made anew, since RDS has refused to delete them. Where the stack's
/// creation was rolled back, they were to go with it. Where somebody has deleted the stack by other means, they are what was to be kept,
/// and no deploy takes them away that is not told to.
/// </summary>
/// <param name="session">The stacks.</param>
/// <param name="allowed">The names whose loss is agreed to, with commas between them; null for none.</param>
internal sealed class KeptDatabases(DeploySession session, string? allowed)
{
    /// <summary>Why a deploy does not make a stack anew, a line for each database; none where nothing keeps it from that.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(LiveStack? stack, CancellationToken cancellationToken)
    {
        if (stack?.IsDeadEnd(isDisposable: true) != true || WereToGo(stack))
        {
            return [];
        }

        using var protection = new DeletionProtection(session);
        return [.. NotAgreed(await protection.ProtectedAsync(stack, cancellationToken)).Select(database => Why(stack, database))];
    }

    /// <summary>Lets them be deleted before the stack is.</summary>
    /// <exception cref="DistributedApplicationException">One is not to go; nothing was deleted.</exception>
    public async Task ReleaseAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        using var protection = new DeletionProtection(session);
        var found = await protection.ProtectedAsync(stack, cancellationToken);
        if (!WereToGo(stack) && NotAgreed(found).ToList() is { Count: > 0 } kept)
        {
            throw new DistributedApplicationException(string.Join('\n', kept.Select(database => Why(stack, database))));
        }

        await protection.LiftAsync(found, cancellationToken);
    }

    private static bool WereToGo(LiveStack stack) =>
        stack.Status == StackStatus.ROLLBACK_FAILED || stack.Status == StackStatus.ROLLBACK_COMPLETE;

    private IEnumerable<DeployedDatabase> NotAgreed(IEnumerable<DeployedDatabase> databases)
    {
        var agreed = DataLoss.Agreed(allowed);
        return databases.Where(database => !agreed.Contains(database.Id));
    }

    private string Why(LiveStack stack, DeployedDatabase database)
    {
        var name = session.Application.Databases.FirstOrDefault(server => server.ResourceId == database.Id)?.Name ?? database.Id;
        return $"The stack '{stack.Name}' is {stack.Status.Value}, and can only be deleted and made anew. The database '{name}' ({database.Name}) is still in it, with its data, "
            + "for it is protected against deletion. To keep the data, run 'destroy', which leaves a final snapshot, and have the new database begin with that: "
            + $"RestoreFrom. To begin without it: --allow-data-loss {name}.";
    }
}
