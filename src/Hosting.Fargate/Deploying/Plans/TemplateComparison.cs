using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>What differs between two templates, where CloudFormation cannot be asked: what is added, changed, replaced and removed.</summary>
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
                changes.Add(Change(ChangeKind.Add, id, resource));
            }
            else if (!Replacements.AreSame(was, resource))
            {
                changes.Add(Change(Replacements.KindOf(resource.At("Type").AsText() ?? "", was.At("Properties"), resource.At("Properties")), id, resource));
            }
        }

        changes.AddRange(old.Where(pair => wanted[pair.Key] is null).Select(pair => Change(ChangeKind.Remove, pair.Key, pair.Value)));
        return changes;

        PlannedChange Change(ChangeKind kind, string id, TemplateNode resource) => new(stack, kind, id, resource.At("Type").AsText() ?? "", []);
    }
}
