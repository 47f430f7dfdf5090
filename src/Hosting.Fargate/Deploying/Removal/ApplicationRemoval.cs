using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Tasks;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Removal;

/// <summary>
/// Takes an application's stack away: all of it, with a final snapshot of each database, or all but its databases and brokers, and the
/// network that those are in.
/// </summary>
internal sealed class ApplicationRemoval
{
    private readonly StackSession _session;
    private readonly LiveStack _stack;
    private readonly TemplateMap _live;
    private readonly IReadOnlyList<StackResourceSummary> _resources;
    private readonly RemainingTemplate? _remaining;
    private readonly FinalSnapshots? _databases;

    private ApplicationRemoval(
        StackSession session,
        LiveStack stack,
        TemplateMap live,
        IEnumerable<StackResourceSummary> resources,
        RemainingTemplate? remaining,
        FinalSnapshots? databases
    )
    {
        _session = session;
        _stack = stack;
        _live = live;
        _resources = [.. resources.Where(resource => resource.ResourceStatus?.Value != "DELETE_COMPLETE")];
        _remaining = remaining;
        _databases = databases;
    }

    /// <summary>Whether databases and brokers stay in the stack.</summary>
    public bool LeavesData => _remaining is not null;

    /// <summary>Whether there is nothing to take away: what the stack holds is what stays.</summary>
    public bool IsDone => _remaining is not null && !Gone.Any();

    /// <summary>A line for each thing that stays, for a person.</summary>
    public IReadOnlyList<string> Stays =>
        [
            .. _resources
                .Where(resource => !IsGone(resource))
                .Select(resource =>
                    resource.ResourceType == Broker.Type ? $"the broker '{resource.PhysicalResourceId}' with its messages"
                    : DatabaseTypes.HoldsData(resource.ResourceType, resource.LogicalResourceId)
                        ? $"the database '{resource.PhysicalResourceId}'"
                    : null
                )
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    private IEnumerable<StackResourceSummary> Gone => _resources.Where(IsGone);

    /// <summary>Looks at what there is.</summary>
    /// <param name="session">The stacks.</param>
    /// <param name="stack">The application's.</param>
    /// <param name="withData">Whether data is to go too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DistributedApplicationException">Something refuses to be deleted, which would be found out when half is
    /// gone.</exception>
    public static async Task<ApplicationRemoval> ReadAsync(
        StackSession session,
        LiveStack stack,
        bool withData,
        CancellationToken cancellationToken
    )
    {
        var live = stack.HoldsResources ? await session.Stacks.TemplateAsync(stack, cancellationToken) : [];
        await ProtectedLoadBalancer.RefuseAsync(session, stack, live, cancellationToken);

        // What was deleted in part, or never made as a whole, can only be deleted.
        var canChange = stack.CanTakeChangeSet || stack.Status == StackStatus.UPDATE_ROLLBACK_FAILED;
        var remaining = withData || !canChange ? null : RemainingTemplate.Of(live);
        return new ApplicationRemoval(
            session,
            stack,
            live,
            (await session.Stacks.ResourcesAsync(stack.Id, cancellationToken)).Values,
            remaining,
            remaining is null ? await FinalSnapshots.OfAsync(session, stack, cancellationToken) : null
        );
    }

    /// <summary>A line for each thing that goes, for a person.</summary>
    public IEnumerable<string> Goes()
    {
        var gone = Gone.ToList();
        var most = string.Join(", ", Summary(gone.Select(resource => resource.ResourceType)));
        yield return $"'{_stack.Name}' with {gone.Count} resources" + (most.Length == 0 ? "" : $", among them {most}");
        foreach (var line in gone.Select(DescribeServer).OfType<string>().Order(StringComparer.Ordinal))
        {
            yield return line;
        }

        foreach (var line in _databases?.Lines ?? [])
        {
            yield return line;
        }
    }

    /// <summary>What takes its time, for a person; null where nothing does.</summary>
    public string? Slow()
    {
        var types = Gone.Select(resource => resource.ResourceType).ToHashSet(StringComparer.Ordinal);
        return types.Contains("AWS::CloudFront::Distribution")
            ? "CloudFront takes its time to end: the distribution some 5 minutes"
                + (types.Contains("AWS::CloudFront::VpcOrigin") ? ", the way to the load balancer up to 15" : "")
            : null;
    }

    /// <summary>The names of the final snapshots of databases that were deleted; none where they may not be listed.</summary>
    public async Task<IReadOnlyList<string>> SnapshotsAsync(CancellationToken cancellationToken) =>
        _databases is null ? [] : await _databases.NamesAsync(cancellationToken);

    /// <summary>
    /// Does it. Where the stack is deleted as a whole and that fails, once more: a schedule may have started a task since the others were
    /// stopped, and instances that deregister hold their capacity provider for a while: https://github.com/aws/aws-cdk/issues/36071.
    /// </summary>
    /// <exception cref="DistributedApplicationException">Something of it stays that was to go.</exception>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (_remaining is not null)
        {
            await ReduceAsync(_remaining, cancellationToken);
            return;
        }

        await _databases!.ReleaseAsync(cancellationToken);
        await new LooseTasks(_session).StopAsync(cancellationToken);
        try
        {
            await DeleteAsync(_stack, cancellationToken);
        }
        catch (DistributedApplicationException) when (!cancellationToken.IsCancellationRequested)
        {
            await new LooseTasks(_session).StopAsync(cancellationToken);
            if (await _session.Stacks.FindAsync(_stack.Id, cancellationToken) is not { } left)
            {
                return;
            }

            _session.Logger.LogInformation("'{Stack}' was not deleted as a whole; trying once more", _stack.Name);
            await DeleteAsync(left, cancellationToken);
        }
    }

    private async Task ReduceAsync(RemainingTemplate remaining, CancellationToken cancellationToken)
    {
        var stack = await _session.Readiness.PrepareAsync(_stack.Name, isDisposable: false, cancellationToken) ?? _stack;
        if (RemainingTemplate.WithoutSchedules(_live) is { } without)
        {
            stack = await ChangeAsync(stack, without, cancellationToken);
        }

        await new LooseTasks(_session).StopAsync(cancellationToken);
        await ChangeAsync(stack, remaining.Template, cancellationToken);
    }

    /// <summary>
    /// Changes the stack to a template with less in it. CloudFormation deletes what is gone last, and says that a stack was changed whose
    /// resources it could not delete: it has forgotten those by then.
    /// </summary>
    private async Task<LiveStack> ChangeAsync(LiveStack stack, TemplateMap template, CancellationToken cancellationToken)
    {
        var foundation = await _session.Stacks.FindAsync(_session.FoundationName, cancellationToken);
        var source = _session.Store.Source(template, _session.TemplatesBucket(foundation));
        var target = new StackTarget(stack.Name, source, RemainingTemplate.ParametersOf(template));
        if (await _session.ChangeSets.CreateAsync(target, stack, cancellationToken) is not { } changes)
        {
            return stack;
        }

        // It tries what it cannot delete more than once.
        Dictionary<string, StackEvent> undeleted = new(StringComparer.Ordinal);
        var (end, failure) = await _session.ExecuteAsync(changes, cancellationToken, events =>
        {
            foreach (var item in events.Where(item => item.PhysicalResourceId != item.StackId))
            {
                undeleted.Remove(item.PhysicalResourceId ?? "");
                if (item is { ResourceStatus.Value: "DELETE_FAILED", PhysicalResourceId: { } id })
                {
                    undeleted[id] = item;
                }
            }
        });
        if (end is not { HasSucceeded: true })
        {
            throw new DistributedApplicationException(
                $"'{stack.Name}' could not be reduced to its data ({end?.Status.Value ?? "deleted"}): {failure}. Mend that, and run destroy again."
            );
        }

        return undeleted.Count == 0
            ? end
            : throw new DistributedApplicationException(
                $"Part of '{stack.Name}' could not be deleted, and is no longer in the stack. Delete it by hand:\n"
                    + string.Join(
                        '\n',
                        undeleted.Values.Select(item => $"- {item.ResourceType} {item.PhysicalResourceId}: {item.ResourceStatusReason}")
                    )
            );
    }

    private async Task DeleteAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        var progress = new StackProgress(_session.Logger, _session.Time, _session.Live);
        await _session.Readiness.DeleteAsync(stack, cancellationToken, events =>
        {
            progress.Report(events);
            return Task.CompletedTask;
        });
    }

    private bool IsGone(StackResourceSummary resource) => _remaining?.Kept.Contains(resource.LogicalResourceId) != true;

    /// <summary>A cache or a broker that goes. Databases have lines of their own.</summary>
    private static string? DescribeServer(StackResourceSummary resource) =>
        resource.ResourceType switch
        {
            Cache.ServerlessType or Cache.NodesType => $"the cache '{resource.PhysicalResourceId}' with what is in it",
            Broker.Type => $"the broker '{resource.PhysicalResourceId}' with its messages",
            _ => null,
        };

    private static IEnumerable<string> Summary(IEnumerable<string> types) =>
        types
            .Where(type =>
                type
                    is "AWS::ECS::Service"
                        or "AWS::ElasticLoadBalancingV2::LoadBalancer"
                        or "AWS::EC2::VPC"
                        or "AWS::CloudFormation::Stack"
            )
            .GroupBy(type => type, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}");
}
