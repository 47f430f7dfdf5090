using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Stacks;

/// <summary>What a stack is to become.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Template">Its template, or where CloudFormation finds it.</param>
/// <param name="Parameters">The values of the template's parameters.</param>
internal sealed record StackTarget(string Stack, TemplateSource Template, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>What exists already and becomes part of the stack; nothing else changes then.</summary>
    public List<ResourceToImport> Imports { get; init; } = [];

    public bool HasNestedStacks { get; init; }

    /// <summary>The templates of stacks inside of it.</summary>
    public IReadOnlyList<TemplateSource> Nested { get; init; } = [];
}

/// <summary>A template as CloudFormation gets it: in the call, or by an address.</summary>
/// <param name="Text">The template.</param>
/// <param name="Address">Where it lies; null where it goes in the call.</param>
internal sealed record TemplateSource(string Text, TemplateAddress? Address);

/// <summary>Where in S3 a template lies.</summary>
internal sealed record TemplateAddress(string Bucket, string Key, string Url);

/// <summary>A change set that can be executed.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Id">The change set's ARN.</param>
/// <param name="StackId">The stack's ARN.</param>
/// <param name="Changes">What it changes, those of nested stacks too.</param>
internal sealed record ChangeSet(string Stack, string Id, string StackId, IReadOnlyList<ResourceChange> Changes)
{
    /// <summary>What CloudFormation says may fail.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Makes change sets, looks into them and executes them.</summary>
internal sealed class ChangeSets(IAmazonCloudFormation cloudFormation, StackReader stacks, TemplateStore store, DeployToken token)
{
    /// <summary>
    /// Makes a change set; null where there is nothing to change. CloudFormation takes seconds for one, and is not asked where it would
    /// compare the same with the same.
    /// </summary>
    /// <exception cref="DistributedApplicationException">CloudFormation refuses it; the message says why.</exception>
    public async Task<ChangeSet?> CreateAsync(StackTarget target, LiveStack? live, CancellationToken cancellationToken)
    {
        if (live is not null && await UnchangedStack.IsAsync(stacks, live, target, cancellationToken))
        {
            return null;
        }

        await store.PutAsync([target.Template, .. target.Nested], cancellationToken);

        // A name of its own each time: that it exists can then only mean that a call was answered twice.
        var name = token.Next();
        try
        {
            await cloudFormation.CreateChangeSetAsync(
                new CreateChangeSetRequest
                {
                    StackName = target.Stack,
                    ChangeSetName = name,
                    ChangeSetType =
                        target.Imports.Count > 0 ? ChangeSetType.IMPORT
                        : live is null || !live.HoldsResources ? ChangeSetType.CREATE
                        : ChangeSetType.UPDATE,
                    Description = $"deploy by {token.Describe()}",
                    TemplateBody = target.Template.Address is null ? target.Template.Text : null,
                    TemplateURL = target.Template.Address?.Url,
                    Parameters = [.. target.Parameters],
                    ResourcesToImport = target.Imports.Count > 0 ? target.Imports : null,
                    IncludeNestedStacks = target.HasNestedStacks && target.Imports.Count == 0 ? true : null,
                    Capabilities = [Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM],
                    ClientToken = name,
                },
                cancellationToken
            );
        }
        catch (AlreadyExistsException) { }
        catch (AmazonCloudFormationException exception) when (exception.ErrorCode == "ValidationError")
        {
            throw new DistributedApplicationException(
                $"CloudFormation does not take the template of '{target.Stack}': {exception.Message}",
                exception
            );
        }

        var (changes, described) = await DescribeAsync(target.Stack, name, cancellationToken);
        if (described.Status == ChangeSetStatus.FAILED)
        {
            var isEmpty = IsEmpty(described.StatusReason);
            var found = isEmpty ? null : await EarlyValidation.ReadAsync(cloudFormation, described.ChangeSetId, cancellationToken);
            await DiscardAsync(new ChangeSet(target.Stack, described.ChangeSetId, described.StackId, []), cancellationToken);
            return isEmpty ? null : throw Refused(target.Stack, described.StatusReason, found!);
        }

        return new ChangeSet(target.Stack, described.ChangeSetId, described.StackId, changes)
        {
            Warnings = (await EarlyValidation.ReadAsync(cloudFormation, described.ChangeSetId, cancellationToken)).Warnings,
        };
    }

    /// <summary>Executes a change set. That it is executing already is as good: a call may be answered twice.</summary>
    /// <exception cref="StackBusyException">Somebody else changes the stack, or has changed it since the change set was made.</exception>
    public async Task ExecuteAsync(ChangeSet changeSet, CancellationToken cancellationToken)
    {
        try
        {
            await cloudFormation.ExecuteChangeSetAsync(
                new ExecuteChangeSetRequest
                {
                    StackName = changeSet.Stack,
                    ChangeSetName = changeSet.Id,
                    ClientRequestToken = token.Next(),
                },
                cancellationToken
            );
        }
        catch (AmazonCloudFormationException exception)
            when (exception is InvalidChangeSetStatusException or ChangeSetNotFoundException || exception.ErrorCode == "ValidationError")
        {
            var stack = await stacks.FindAsync(changeSet.StackId, cancellationToken);
            if (stack?.ChangeSetId == changeSet.Id)
            {
                return;
            }

            throw await StackBusyException.CreateAsync(stacks, stack, changeSet.Stack, exception, cancellationToken);
        }
    }

    /// <summary>Takes back a change set that is not to be executed, and with it a stack that is there for nothing else.</summary>
    public async Task DiscardAsync(ChangeSet changeSet, CancellationToken cancellationToken)
    {
        await DeleteAsync(changeSet.Stack, changeSet.Id, cancellationToken);
        if (await stacks.FindAsync(changeSet.StackId, cancellationToken) is { } stack && stack.Status == StackStatus.REVIEW_IN_PROGRESS)
        {
            await cloudFormation.DeleteStackAsync(
                new DeleteStackRequest { StackName = changeSet.StackId, ClientRequestToken = token.Next() },
                cancellationToken
            );
        }
    }

    private static DistributedApplicationException Refused(string stack, string? said, EarlyValidation found)
    {
        List<string> lines = [$"CloudFormation cannot change '{stack}': {said}", .. found.Errors.Select(error => $"- {error}")];
        lines.AddRange(found.Warnings.Select(warning => $"- (a warning) {warning}"));
        if (found.Errors.Count > 0)
        {
            lines.Add(
                "Nothing of it was changed. Change that in the AppHost: a property that it set by Configure or ConfigureTemplate, or the name of what exists already."
            );
        }

        return new DistributedApplicationException(string.Join('\n', lines));
    }

    private Task DeleteAsync(string stack, string name, CancellationToken cancellationToken) =>
        cloudFormation.DeleteChangeSetAsync(new DeleteChangeSetRequest { StackName = stack, ChangeSetName = name }, cancellationToken);

    private async Task<(List<ResourceChange> Changes, DescribeChangeSetResponse Described)> DescribeAsync(
        string? stack,
        string nameOrId,
        CancellationToken cancellationToken
    )
    {
        var waiting = new Waiting(stacks.Time);
        DescribeChangeSetResponse described;
        while (true)
        {
            described = await DescribePageAsync(stack, nameOrId, null, cancellationToken);
            if (described.Status != ChangeSetStatus.CREATE_PENDING && described.Status != ChangeSetStatus.CREATE_IN_PROGRESS)
            {
                break;
            }

            await waiting.PauseAsync(cancellationToken);
        }

        List<ResourceChange> changes = [];
        for (var page = described; ; )
        {
            foreach (var change in (page.Changes ?? []).Select(change => change.ResourceChange).OfType<ResourceChange>())
            {
                changes.Add(change);
                if (change.ResourceType == "AWS::CloudFormation::Stack" && change.ChangeSetId is { } inner)
                {
                    changes.AddRange((await DescribeAsync(null, inner, cancellationToken)).Changes);
                }
            }

            if (page.NextToken is null)
            {
                return (changes, described);
            }

            page = await DescribePageAsync(stack, nameOrId, page.NextToken, cancellationToken);
        }
    }

    private Task<DescribeChangeSetResponse> DescribePageAsync(
        string? stack,
        string nameOrId,
        string? next,
        CancellationToken cancellationToken
    ) =>
        cloudFormation.DescribeChangeSetAsync(
            new DescribeChangeSetRequest
            {
                StackName = stack,
                ChangeSetName = nameOrId,
                NextToken = next,
                IncludePropertyValues = true,
            },
            cancellationToken
        );

    private static bool IsEmpty(string? reason) =>
        reason is not null
        && (
            reason.Contains("didn't contain changes", StringComparison.Ordinal)
            || reason.Contains("No updates are to be performed", StringComparison.Ordinal)
        );
}
