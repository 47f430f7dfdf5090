using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Hosting.Fargate.Data;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Foundation;

/// <summary>
/// Takes a foundation away with its data, all of it agreed to: images and objects are deleted, secrets have a recovery window, and
/// CloudFormation deletes the rest.
/// </summary>
internal sealed class FoundationRemoval
{
    private readonly StackSession _session;
    private readonly LiveStack _foundation;
    private readonly IReadOnlyCollection<StackResourceSummary> _resources;

    private FoundationRemoval(StackSession session, LiveStack foundation, IReadOnlyCollection<StackResourceSummary> resources)
    {
        _session = session;
        _foundation = foundation;
        _resources = resources;
    }

    /// <summary>What is in the foundation, a line each.</summary>
    public IEnumerable<string> Lines =>
        from type in KeptTypes.All
        from resource in Of(type)
        where type.Tell(resource) is not null
        select type.Tell(resource);

    public static async Task<FoundationRemoval> ReadAsync(StackSession session, LiveStack foundation, CancellationToken cancellationToken)
    {
        var resources = await session.Stacks.ResourcesAsync(foundation.Id, cancellationToken);
        return new FoundationRemoval(
            session,
            foundation,
            [.. resources.Values.Where(resource => resource.ResourceStatus?.Value != "DELETE_COMPLETE")]
        );
    }

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        // The policies first: nothing has been deleted yet should that not go through.
        await MakeDeletableAsync(cancellationToken);
        foreach (var type in KeptTypes.All)
        {
            foreach (var resource in Of(type))
            {
                await type.EmptyAsync(_session.Aws, _session.Account, _session.Logger, resource, cancellationToken);
            }
        }

        var progress = new StackProgress(_session.Logger, _session.Time, _session.Live);
        await _session.Readiness.DeleteAsync(
            await _session.Stacks.FindAsync(_foundation.Id, cancellationToken) ?? _foundation,
            cancellationToken,
            events =>
            {
                progress.Report(events);
                return Task.CompletedTask;
            }
        );
    }

    private IEnumerable<string> Of(KeptType type) =>
        _resources.Where(resource => resource.ResourceType == type.Type).Select(resource => resource.PhysicalResourceId);

    private async Task MakeDeletableAsync(CancellationToken cancellationToken)
    {
        if (_foundation.Status.Value == "DELETE_FAILED")
        {
            return;
        }

        var template = FoundationTemplates.Deletable(await _session.Stacks.TemplateAsync(_foundation, cancellationToken));
        var source = _session.Store.Source(template, _session.TemplatesBucket(_foundation));
        if (
            await _session.ChangeSets.CreateAsync(new StackTarget(_foundation.Name, source, []), _foundation, cancellationToken)
            is not { } changes
        )
        {
            return;
        }

        var watch = new StackWatch(_session.Stacks, changes.StackId);
        await watch.SkipPastAsync(cancellationToken);
        await _session.ChangeSets.ExecuteAsync(changes, cancellationToken);
        if (await watch.UntilDoneAsync(_ => Task.CompletedTask, cancellationToken) is not { HasSucceeded: true } end)
        {
            throw new DistributedApplicationException(
                $"'{_foundation.Name}' could not be made ready to be deleted; nothing of it was. Look at: aws cloudformation describe-stack-events --stack-name {_foundation.Name}"
            );
        }
    }
}
