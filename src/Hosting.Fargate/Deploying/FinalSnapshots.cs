using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>What stays of the databases of an application that is destroyed: a final snapshot of each.</summary>
internal sealed class FinalSnapshots
{
    private readonly StackSession _session;
    private readonly IReadOnlyList<(string Type, string Name)> _databases;

    private FinalSnapshots(StackSession session, IReadOnlyList<(string Type, string Name)> databases)
    {
        _session = session;
        _databases = databases;
    }

    /// <summary>A line for each database that goes.</summary>
    public IEnumerable<string> Lines => _databases.Select(database => $"the database '{database.Name}', of which a final snapshot stays");

    /// <summary>The databases of a stack.</summary>
    /// <exception cref="DistributedApplicationException">One refuses to be deleted: found before anything is.</exception>
    public static async Task<FinalSnapshots> OfAsync(StackSession session, LiveStack stack, CancellationToken cancellationToken)
    {
        var resources = await session.Stacks.ResourcesAsync(stack.Id, cancellationToken);
        (string Type, string Name)[] databases =
        [
            .. resources
                .Values.Where(resource =>
                    DatabaseTypes.HoldsData(resource.ResourceType, resource.LogicalResourceId) && resource.PhysicalResourceId is not null
                )
                .Select(resource => (resource.ResourceType, resource.PhysicalResourceId))
                .OrderBy(database => database.PhysicalResourceId, StringComparer.Ordinal),
        ];
        if (databases.Length > 0)
        {
            var template = await session.Stacks.TemplateAsync(stack, cancellationToken);
            if ((template.At("Resources") as TemplateMap ?? []).FirstOrDefault(IsProtected) is { Key: { } id })
            {
                throw new DistributedApplicationException(
                    $"The database '{id}' of '{stack.Name}' refuses to be deleted "
                        + $"(DeletionProtection), and nothing was. Deploy once without that, then destroy."
                );
            }
        }

        return new FinalSnapshots(session, databases);
    }

    /// <summary>The names that CloudFormation gave the snapshots; none where they may not be listed.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        using var calls = new PlainCalls(_session.Aws, _session.Account);
        List<string> names = [];
        foreach (var (type, name) in _databases)
        {
            names.AddRange((await DatabaseSnapshots.ListAsync(calls, type, name, cancellationToken)).Select(snapshot => snapshot.Name));
        }

        return names;
    }

    private static bool IsProtected(KeyValuePair<string, TemplateNode> resource) =>
        resource.Value.At("Type").AsText() is DatabaseTypes.Instance or DatabaseTypes.Cluster
        && resource.Value.At("Properties", "DeletionProtection").AsBool() == true;
}
