using System.Collections.Frozen;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>Which changes of a resource make CloudFormation replace it, as the file beside this one has it with its source.</summary>
internal static class Replacements
{
    private static readonly Lazy<FrozenDictionary<string, (string[][] Always, string[][] Perhaps)>> s_table = new(Read);

    /// <summary>
    /// What a change of a resource's properties comes to, as far as templates tell: a value that a function makes may turn out to be the
    /// same.
    /// </summary>
    public static ChangeKind KindOf(string type, TemplateNode? before, TemplateNode? after)
    {
        if (!s_table.Value.TryGetValue(type, out var properties))
        {
            return ChangeKind.Update;
        }

        var changed = properties.Always.Where(path => !AreSame(before.At(path), after.At(path))).ToList();
        return changed.Exists(path => IsKnown(before.At(path)) && IsKnown(after.At(path))) ? ChangeKind.Replace
            : changed.Count > 0 || properties.Perhaps.Any(path => !AreSame(before.At(path), after.At(path))) ? ChangeKind.MayReplace
            : ChangeKind.Update;
    }

    /// <summary>The properties whose change replaces a resource of a type, such as <c>RootDirectory/CreationInfo</c>.</summary>
    public static IEnumerable<string> Always(string type) =>
        s_table.Value.GetValueOrDefault(type).Always?.Select(path => string.Join('/', path)) ?? [];

    /// <summary>The properties whose change may replace a resource of a type.</summary>
    public static IEnumerable<string> Perhaps(string type) =>
        s_table.Value.GetValueOrDefault(type).Perhaps?.Select(path => string.Join('/', path)) ?? [];

    public static bool AreSame(TemplateNode? left, TemplateNode? right) =>
        left is null || right is null
            ? left is null && right is null
            : TemplateJson
                .Write(new TemplateMap { ["_"] = left })
                .AsSpan()
                .SequenceEqual(TemplateJson.Write(new TemplateMap { ["_"] = right }));

    private static bool IsKnown(TemplateNode? node) => node is null || !node.Descendants().Any(inner => inner.AsFunction() is not null);

    private static FrozenDictionary<string, (string[][] Always, string[][] Perhaps)> Read() =>
        AwsTable
            .Read("replaced-when-changed.tsv")
            .ToFrozenDictionary(
                cells => cells[0],
                cells => (Paths(cells[1]), Paths(cells.ElementAtOrDefault(2) ?? "")),
                StringComparer.Ordinal
            );

    /// <summary>Of a list all of it, for a change may move its items.</summary>
    private static string[][] Paths(string cell) =>
        [
            .. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(path => path.Split('/').TakeWhile(name => name != "*").ToArray()),
        ];
}
