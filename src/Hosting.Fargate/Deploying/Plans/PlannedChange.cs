using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

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
    /// <summary>Types that hold what a replacement would lose from sight.</summary>
    private static readonly HashSet<string> s_stateful = new(StringComparer.Ordinal)
    {
        "AWS::ECR::Repository", "AWS::EFS::FileSystem", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SecretsManager::Secret",
    };

    public bool IsStateful => s_stateful.Contains(Type);

    public char Sign => SignOf(Kind);

    public static PlannedChange From(string stack, ResourceChange change) =>
        new(stack, KindOf(change), change.LogicalResourceId, change.ResourceType, [.. PropertiesOf(change)]);

    public static char SignOf(ResourceChange change) => SignOf(KindOf(change));

    private static char SignOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Add => '+',
        ChangeKind.Remove => '-',
        ChangeKind.Update => '~',
        ChangeKind.Import => '<',
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
            var path = target.Path is { Length: > 0 } full ? full.Replace("/Properties/", "", StringComparison.Ordinal).TrimStart('/') : target.Name ?? target.Attribute?.Value;
            if (path is not null && seen.Add(path))
            {
                // What is composed into a secret is nobody's to read.
                var isSecret = change.ResourceType == "AWS::SecretsManager::Secret";
                yield return new PropertyChange(path, isSecret ? null : target.BeforeValue, isSecret ? null : target.AfterValue);
            }
        }
    }
}
