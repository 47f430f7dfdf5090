using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Data;
using ChangeSet = Hosting.Fargate.Stacks.ChangeSet;

namespace Hosting.Fargate.Deploying.Plans;

internal enum ChangeKind
{
    Add,
    Update,

    /// <summary>It is made anew and the old one goes, or stays where its policy says so.</summary>
    Replace,

    /// <summary>CloudFormation knows only while it works.</summary>
    MayReplace,
    Import,
    Remove,

    /// <summary>
    /// It refers to something that changes, and changes itself only if what it refers to gets another name: most often it does not.
    /// </summary>
    Follow,
}

/// <summary>A property before and after.</summary>
/// <param name="Path">Where it is: <c>ContainerDefinitions/0/Image</c>.</param>
/// <param name="Before">What it was; null where it was not, or is not known.</param>
/// <param name="After">What it will be.</param>
internal sealed record PropertyChange(string Path, string? Before, string? After);

/// <summary>What happens to a resource.</summary>
/// <param name="Stack">The stack that it is in.</param>
/// <param name="Kind">What.</param>
/// <param name="Id">Its logical id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Properties">The properties that change.</param>
internal sealed record PlannedChange(string Stack, ChangeKind Kind, string Id, string Type, IReadOnlyList<PropertyChange> Properties)
{
    /// <summary>Whether it holds what a replacement would lose from sight.</summary>
    public bool IsStateful => KeptTypes.Of(Type)?.HoldsData == true;

    public char Sign => SignOf(Kind);

    /// <summary>
    /// What a change set does, told apart: what changes, and what is only named by CloudFormation since it refers to that.
    /// </summary>
    public static IReadOnlyList<PlannedChange> From(ChangeSet changeSet)
    {
        // What is updated in place keeps its name; what is made anew has another.
        var changes = changeSet.Changes.Where(change => !IsAsItIs(change)).ToList();
        var renamed = changes
            .Where(change => KindOf(change) is ChangeKind.Add or ChangeKind.Replace)
            .Select(change => change.LogicalResourceId)
            .ToHashSet(StringComparer.Ordinal);
        List<PlannedChange> planned =
        [
            .. changes.Select(change =>
                From(changeSet.Stack, change) with
                {
                    Kind = change.Action == ChangeAction.Modify && Follows(change, renamed) ? ChangeKind.Follow : KindOf(change),
                }
            ),
        ];

        // What refers to stacks that stay as they are stays so too.
        return changes.Count < changeSet.Changes.Count && planned.TrueForAll(change => change.Kind == ChangeKind.Follow) ? [] : planned;
    }

    /// <summary>
    /// Whether it is a nested stack of which nothing changes. CloudFormation names each of them, for it does not look into their templates
    /// beforehand; here a template's address is made of what is in it, so that another one is a change of the property.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html (Automatic)
    /// </summary>
    private static bool IsAsItIs(ResourceChange change) =>
        change.ResourceType == "AWS::CloudFormation::Stack"
        && change.Action == ChangeAction.Modify
        && change.Details is { Count: > 0 } details
        && details.TrueForAll(detail => detail.ChangeSource == ChangeSource.Automatic);

    public static PlannedChange From(string stack, ResourceChange change) =>
        new(stack, KindOf(change), change.LogicalResourceId, change.ResourceType, [.. PropertiesOf(change)]);

    private static bool Follows(ResourceChange change, HashSet<string> renamed) =>
        change.Details is { Count: > 0 } details
        && details.TrueForAll(detail =>
            detail.Evaluation == EvaluationType.Dynamic
            && (
                detail.ChangeSource == ChangeSource.ResourceReference
                || detail.ChangeSource == ChangeSource.ResourceAttribute
                || detail.ChangeSource == ChangeSource.DirectModification
            )
            && (
                detail.ChangeSource == ChangeSource.DirectModification
                    ? details.Exists(other => other.CausingEntity is not null && other.Target?.Name == detail.Target?.Name)
                    : detail.CausingEntity is { } cause && !renamed.Contains(cause.Split('.')[0])
            )
        );

    public static char SignOf(ResourceChange change) => SignOf(KindOf(change));

    private static char SignOf(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Add => '+',
            ChangeKind.Remove => '-',
            ChangeKind.Update => '~',
            ChangeKind.Import => '<',
            ChangeKind.Follow => '·',
            _ => '!',
        };

    private static ChangeKind KindOf(ResourceChange change) =>
        change.Action == ChangeAction.Add ? ChangeKind.Add
        : change.Action == ChangeAction.Remove ? ChangeKind.Remove
        : change.Action == ChangeAction.Import ? ChangeKind.Import
        : change.Replacement == Replacement.True ? ChangeKind.Replace
        : change.Replacement == Replacement.Conditional ? ChangeKind.MayReplace
        : ChangeKind.Update;

    private static IEnumerable<PropertyChange> PropertiesOf(ResourceChange change)
    {
        if (change.Action != ChangeAction.Modify)
        {
            yield break;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var target in (change.Details ?? []).Select(detail => detail.Target).OfType<ResourceTargetDefinition>())
        {
            var path = target.Path is { Length: > 0 } full
                ? full.Replace("/Properties/", "", StringComparison.Ordinal).TrimStart('/')
                : target.Name ?? target.Attribute?.Value;
            if (path is not null && target.BeforeValue == target.AfterValue && target.BeforeValue is not null)
            {
                continue;
            }

            if (path is not null && seen.Add(path))
            {
                // What is composed into a secret is nobody's to read, and an argument may have one inside.
                var isSecret =
                    change.ResourceType == SecretType.Name
                    || (change.ResourceType == "AWS::ECS::TaskDefinition" && path.Contains("/Command", StringComparison.Ordinal));
                yield return new PropertyChange(path, isSecret ? null : target.BeforeValue, isSecret ? null : target.AfterValue);
            }
        }
    }
}
