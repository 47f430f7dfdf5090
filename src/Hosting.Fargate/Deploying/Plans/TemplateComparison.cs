using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>
/// What differs between two templates, where CloudFormation cannot be asked: what is added, changed, replaced and removed.
/// </summary>
internal static class TemplateComparison
{
    public static IReadOnlyList<PlannedChange> Changes(string stack, TemplateMap? before, TemplateMap after)
    {
        var old = before.At("Resources") as TemplateMap ?? [];
        var wanted = after.At("Resources") as TemplateMap ?? [];
        List<PlannedChange> changes = [];
        foreach (var (id, resource) in wanted)
        {
            if (old[id] is not { } was)
            {
                changes.Add(Change(ChangeKind.Add, id, resource, []));
            }
            else if (!Replacements.AreSame(was, resource))
            {
                changes.Add(
                    Change(
                        Replacements.KindOf(resource.At("Type").AsText() ?? "", was.At("Properties"), resource.At("Properties")),
                        id,
                        resource,
                        Differences(was, resource)
                    )
                );
            }
        }

        changes.AddRange(old.Where(pair => wanted[pair.Key] is null).Select(pair => Change(ChangeKind.Remove, pair.Key, pair.Value, [])));
        return changes;

        PlannedChange Change(ChangeKind kind, string id, TemplateNode resource, IReadOnlyList<PropertyChange> properties) =>
            new(stack, kind, id, resource.At("Type").AsText() ?? "", properties);
    }

    /// <summary>
    /// The properties that differ, by name alone: what they are may be a secret's. Told of databases, brokers and nodes of caches, where it
    /// matters which it is.
    /// </summary>
    private static IReadOnlyList<PropertyChange> Differences(TemplateNode before, TemplateNode after)
    {
        var (old, wanted) = (before.At("Properties") as TemplateMap ?? [], after.At("Properties") as TemplateMap ?? []);
        return after.At("Type").AsText() is not (DatabaseTypes.Instance or DatabaseTypes.Cluster or Broker.Type or Cache.NodesType)
            ? []
            :
            [
                .. old.Concat(wanted)
                    .Select(property => property.Key)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Where(name => !Replacements.AreSame(old[name], wanted[name]))
                    .Select(name => new PropertyChange(name, null, null)),
            ];
    }
}
