using System.Collections.Concurrent;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aws.CloudFormation;

namespace Hosting.Fargate.Stacks;

/// <summary>Looks at stacks.</summary>
/// <param name="cloudFormation">CloudFormation.</param>
/// <param name="time">The clock by which is waited; the system's where null.</param>
internal sealed class StackReader(IAmazonCloudFormation cloudFormation, TimeProvider? time = null)
{
    /// <summary>Templates by what their stack was last changed by: until that is another, they are what they were.</summary>
    private readonly ConcurrentDictionary<ChangeOfStack, string> _templates = new();

    /// <summary>The clock by which is waited for a stack.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>The stack of a name or id; null where there is none, or where it was deleted.</summary>
    public async Task<LiveStack?> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = nameOrId }, cancellationToken);
            return answer.Stacks is [var stack, ..] && stack.StackStatus != StackStatus.DELETE_COMPLETE ? LiveStack.From(stack) : null;
        }
        catch (AmazonCloudFormationException exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    /// <summary>The template that was deployed.</summary>
    public async Task<TemplateMap> TemplateAsync(LiveStack stack, CancellationToken cancellationToken) =>
        TemplateParser.Parse(await TemplateTextAsync(stack, cancellationToken));

    /// <summary>The template that was deployed, as it was sent.</summary>
    public async Task<string> TemplateTextAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        var change = new ChangeOfStack(stack.Id, stack.ChangeSetId, stack.LastChanged, stack.Status.Value);
        return _templates.TryGetValue(change, out var text)
            ? text
            : _templates[change] = await TemplateTextAsync(stack.Id, cancellationToken);
    }

    /// <summary>The templates of those stacks within a stack that change, by the names of their templates, into what is wanted.</summary>
    /// <param name="stack">The stack that holds them.</param>
    /// <param name="template">Its template.</param>
    /// <param name="wanted">The template that it is to have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<TemplateMap>> ChangedNestedAsync(
        LiveStack stack,
        TemplateMap template,
        TemplateMap wanted,
        CancellationToken cancellationToken
    )
    {
        var changed = (wanted.At("Resources") as TemplateMap ?? [])
            .Where(resource => AddressOf(template.At("Resources", resource.Key)) is { } before && before != AddressOf(resource.Value))
            .Select(resource => resource.Key)
            .ToList();
        if (changed.Count == 0)
        {
            return [];
        }

        var resources = await ResourcesAsync(stack.Id, cancellationToken);
        var templates = new TemplateMap?[changed.Count];
        await Parallel.ForAsync(
            0,
            changed.Count,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (index, cancellation) =>
                templates[index] = resources.GetValueOrDefault(changed[index])?.PhysicalResourceId is { } id
                    ? TemplateParser.Parse(await TemplateTextAsync(id, cancellation))
                    : null
        );
        return [.. templates.OfType<TemplateMap>()];
    }

    /// <summary>What is in a stack, by logical id.</summary>
    public async Task<IReadOnlyDictionary<string, StackResourceSummary>> ResourcesAsync(string stack, CancellationToken cancellationToken)
    {
        Dictionary<string, StackResourceSummary> resources = new(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await cloudFormation.ListStackResourcesAsync(
                new ListStackResourcesRequest { StackName = stack, NextToken = next },
                cancellationToken
            );
            foreach (var resource in page.StackResourceSummaries ?? [])
            {
                resources[resource.LogicalResourceId] = resource;
            }

            next = page.NextToken;
        } while (next is not null);
        return resources;
    }

    /// <summary>The events of a stack, the newest first, until one that is known.</summary>
    public async Task<IReadOnlyList<StackEvent>> EventsAsync(
        string stack,
        Func<StackEvent, bool> isKnown,
        CancellationToken cancellationToken
    )
    {
        List<StackEvent> events = [];
        string? next = null;
        do
        {
            var page = await cloudFormation.DescribeStackEventsAsync(
                new DescribeStackEventsRequest { StackName = stack, NextToken = next },
                cancellationToken
            );
            foreach (var item in page.StackEvents ?? [])
            {
                if (isKnown(item))
                {
                    return events;
                }

                events.Add(item);
            }

            next = page.NextToken;
        } while (next is not null);
        return events;
    }

    /// <summary>
    /// Whose change is going on in a stack, or went on last. All events of an operation have its token, or none where it was begun without:
    /// an older event's is somebody else's.
    /// </summary>
    public async Task<(DeployToken? Deploy, string? Token)> WhoAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        var page = await cloudFormation.DescribeStackEventsAsync(
            new DescribeStackEventsRequest { StackName = stack.Id },
            cancellationToken
        );
        var token = page.StackEvents is [var newest, ..] ? newest.ClientRequestToken : null;
        return (DeployToken.Parse(token), token);
    }

    public static bool IsMissing(AmazonCloudFormationException exception) =>
        exception.ErrorCode == "ValidationError" && exception.Message.Contains("does not exist", StringComparison.Ordinal);

    private async Task<string> TemplateTextAsync(string stackId, CancellationToken cancellationToken)
    {
        var answer = await cloudFormation.GetTemplateAsync(
            new GetTemplateRequest { StackName = stackId, TemplateStage = TemplateStage.Original },
            cancellationToken
        );
        return answer.TemplateBody;
    }

    private static string? AddressOf(TemplateNode? resource) => resource.At("Properties", "TemplateURL").AsFunction()?.Argument.AsText();

    /// <summary>What a stack was last changed by, and how that ended.</summary>
    private sealed record ChangeOfStack(string Stack, string? ChangeSet, DateTime? Time, string Status);
}
