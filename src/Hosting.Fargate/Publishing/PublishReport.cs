namespace Hosting.Fargate.Publishing;

/// <summary>What publish says it has written: a line a file, one for all nested stacks.</summary>
internal static class PublishReport
{
    public static IEnumerable<string> Lines(Publication publication, IReadOnlyList<FileOutcome> outcomes)
    {
        var resources = publication.Templates.All.ToDictionary(template => $"{template.StackName}.template.yaml", template => template.Resources.Count);
        var nested = outcomes.ToLookup(outcome => outcome.Name.StartsWith(publication.NestedFolder + "/", StringComparison.Ordinal));
        foreach (var (name, change) in nested[false])
        {
            yield return $"{name}: {(resources.TryGetValue(name, out var count) ? Count(count, "resource") + ", " : "")}{Word(change)}";
        }

        // Each stack has a template for people and the same for CloudFormation.
        var stacks = nested[true].Where(outcome => outcome.Name.EndsWith(".yaml", StringComparison.Ordinal)).ToList();
        if (nested[true].Any())
        {
            var changes = stacks.GroupBy(outcome => outcome.Change).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}");
            var inside = publication.Templates.Nested.Sum(template => template.Resources.Count);
            yield return $"{publication.NestedFolder}: {Count(publication.Templates.Nested.Count, "stack")} of {Count(inside, "resource")}, {string.Join(", ", changes)}";
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Word(FileChange change) => change switch
    {
        FileChange.New => "new",
        FileChange.Changed => "changed",
        FileChange.Removed => "removed",
        _ => "unchanged",
    };
}
