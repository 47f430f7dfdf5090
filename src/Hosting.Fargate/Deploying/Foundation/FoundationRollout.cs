using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.SecretsManager.Model;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Data;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Foundation;

/// <summary>Brings the foundation to what the model says: adds before the application rolls, prunes after it has.</summary>
internal sealed class FoundationRollout(DeploySession session)
{
    private string Name => session.Application.FoundationName;

    /// <summary>Adds what is new and changes what differs; nothing leaves. What an earlier foundation kept is taken up again.</summary>
    public async Task<LiveStack> AddAsync(CancellationToken cancellationToken)
    {
        var live = await session.Readiness.PrepareAsync(Name, isDisposable: false, cancellationToken);
        if (live is { HoldsResources: true })
        {
            FoundationTemplates.RefuseChanges(Name, await session.Stacks.TemplateAsync(live, cancellationToken), session.Foundation);
        }

        live = await MakeBucketAsync(live, cancellationToken);
        live = await AdoptAsync(live, cancellationToken);
        var template = live is { HoldsResources: true }
            ? FoundationTemplates.Adding(await session.Stacks.TemplateAsync(live, cancellationToken), session.Foundation)
            : session.Foundation;
        return await ApplyAsync(template, live, cancellationToken)
            ?? live
            ?? throw new DistributedApplicationException($"The stack '{Name}' is neither there nor can it be made.");
    }

    /// <summary>Takes out what has left the model: from the stack, not from the account, for it may hold data.</summary>
    /// <param name="added">The foundation as this deploy left it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What left.</returns>
    public async Task<IReadOnlyList<ResourceChange>> PruneAsync(LiveStack added, CancellationToken cancellationToken)
    {
        var live = await session.Stacks.FindAsync(Name, cancellationToken);
        if (live is null || live.IsBusy || live.ChangeSetId != added.ChangeSetId)
        {
            session.Logger.LogInformation(
                "{Stack}: another deploy has changed it meanwhile, so it is left to that one to take out what left the model",
                Name
            );
            return [];
        }

        var resources = await session.Stacks.ResourcesAsync(live.Id, cancellationToken);
        var pruned = FoundationTemplates.Pruned(
            await session.Stacks.TemplateAsync(live, cancellationToken),
            session.Foundation,
            resources.ToDictionary(pair => pair.Key, pair => pair.Value.PhysicalResourceId, StringComparer.Ordinal)
        );
        var template = session.Store.Source(pruned, session.TemplatesBucket(live));
        if (await session.ChangeSets.CreateAsync(new StackTarget(Name, template, []), live, cancellationToken) is not { } changes)
        {
            return [];
        }

        await ExecuteAsync(changes, cancellationToken);
        return [.. changes.Changes.Where(change => change.Action == ChangeAction.Remove)];
    }

    /// <summary>A foundation whose template is too large for a call needs its bucket before everything else.</summary>
    private async Task<LiveStack?> MakeBucketAsync(LiveStack? live, CancellationToken cancellationToken) =>
        live is { HoldsResources: true } || TemplateStore.IsSmall(session.Foundation)
            ? live
            : await ApplyAsync(FoundationTemplates.BucketOnly(session.Foundation), live, cancellationToken);

    private async Task<LiveStack?> AdoptAsync(LiveStack? live, CancellationToken cancellationToken)
    {
        var template = live is { HoldsResources: true } ? await session.Stacks.TemplateAsync(live, cancellationToken) : null;
        var kept = await new KeptResources(session.Aws, session.Account).FindAsync(template, session.Foundation, cancellationToken);
        if (kept.Count == 0)
        {
            return live;
        }

        foreach (var resource in kept)
        {
            session.Logger.LogInformation(
                "taking up again what was kept: {Resource}{Restored}",
                resource.Kept.Text,
                resource.Kept.RestoreSecret is null ? "" : ", restored from its recovery window"
            );
            if (resource.Kept.RestoreSecret is { } secret)
            {
                await session.Aws.Secrets.RestoreSecretAsync(new RestoreSecretRequest { SecretId = secret }, cancellationToken);
            }
        }

        string[] ids = [.. kept.Select(resource => resource.Id)];
        var importing = FoundationTemplates.Importing(template, session.Foundation, ids);
        try
        {
            return await ApplyAsync(importing, live, cancellationToken, [.. kept.Select(resource => resource.Import)]);
        }
        catch (DistributedApplicationException exception) when (kept.Any(resource => resource.Type == FileSystemType.Name))
        {
            // An empty one in its place is what nobody would notice at first.
            throw new DistributedApplicationException(
                $"{exception.Message}\nWas one of these file systems deleted on purpose? Then give its volume another name in the model, and the new one is empty. "
                    + "To take one that has another id: .WithExistingFileSystem(\"VOLUME\", \"fs-…\").",
                exception
            );
        }
    }

    private async Task<LiveStack?> ApplyAsync(
        TemplateMap template,
        LiveStack? live,
        CancellationToken cancellationToken,
        IReadOnlyList<ResourceToImport>? imports = null
    )
    {
        var source = session.Store.Source(template, session.TemplatesBucket(live));
        var target = new StackTarget(Name, source, []) { Imports = [.. imports ?? []] };
        return await session.ChangeSets.CreateAsync(target, live, cancellationToken) is { } changes
            ? await ExecuteAsync(changes, cancellationToken)
            : live;
    }

    private async Task<LiveStack> ExecuteAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes.Changes)
        {
            session.Logger.LogInformation(
                "{Sign} {Id}  {Type}",
                Plans.PlannedChange.SignOf(change),
                change.LogicalResourceId,
                change.ResourceType
            );
        }

        foreach (var warning in changes.Warnings)
        {
            session.Logger.LogWarning("CloudFormation warns: {Warning}", warning);
        }

        var (end, failure) = await session.ExecuteAsync(changes, cancellationToken);
        return end is { HasSucceeded: true }
            ? end
            : throw new DistributedApplicationException(
                $"The foundation '{Name}' could not be changed ({end?.Status.Value ?? "deleted"}): {failure}. "
                    + "Nothing was built and nothing rolled; what it held is as it was. Mend that and run deploy again."
            );
    }
}
