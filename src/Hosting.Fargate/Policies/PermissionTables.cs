using System.Collections.Frozen;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Policies;

/// <summary>What AWS says of permissions, as the files beside this one have it, each with its source.</summary>
internal static class PermissionTables
{
    private static readonly Lazy<FrozenDictionary<string, string[]>> s_handlers = new(() => Read("handler-permissions.tsv"));

    private static readonly Lazy<FrozenDictionary<string, string[]>> s_resources = new(() => Read("action-resources.tsv"));

    /// <summary>What CloudFormation may call for a resource type; null for a type that the file does not have.</summary>
    public static IReadOnlyList<string>? HandlersOf(string resourceType) => s_handlers.Value.GetValueOrDefault(resourceType);

    /// <summary>
    /// The types that an action's resources are of, such as <c>cluster</c>; none where it has no resource, null for an action that is not
    /// known.
    /// </summary>
    public static IReadOnlyList<string>? ResourcesOf(string action) => s_resources.Value.GetValueOrDefault(action);

    private static FrozenDictionary<string, string[]> Read(string name) =>
        AwsTable
            .Read(name)
            .ToFrozenDictionary(
                cells => cells[0],
                cells =>
                    cells
                        .Skip(1)
                        .SelectMany(cell => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        .Select(word => word.TrimEnd('*'))
                        .ToArray(),
                StringComparer.Ordinal
            );
}
