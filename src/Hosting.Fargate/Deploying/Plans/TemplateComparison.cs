using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>What differs between two templates, where CloudFormation cannot be asked: what is added, changed and removed, and not what is replaced.</summary>
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
            else if (!AreSame(was, resource))
            {
                changes.Add(Change(ChangeKind.Update, id, resource));
            }
        }

        changes.AddRange(old.Where(pair => wanted[pair.Key] is null).Select(pair => Change(ChangeKind.Remove, pair.Key, pair.Value)));
        return changes;

        PlannedChange Change(ChangeKind kind, string id, TemplateNode resource) => new(stack, kind, id, resource.At("Type").AsText() ?? "", []);
    }

    private static bool AreSame(TemplateNode left, TemplateNode right) =>
        TemplateJson.Write(new TemplateMap { ["_"] = left }).AsSpan().SequenceEqual(TemplateJson.Write(new TemplateMap { ["_"] = right }));
}
