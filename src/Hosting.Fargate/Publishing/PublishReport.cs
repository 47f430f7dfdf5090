using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Publishing;

/// <summary>What publish says it has written: a line a file, one for all nested stacks, one for all that images are built from.</summary>
internal static class PublishReport
{
    public static IEnumerable<string> Lines(Publication publication, IReadOnlyList<FileOutcome> outcomes)
    {
        var resources = publication.Templates.All.ToDictionary(
            template => $"{template.StackName}.template.yaml",
            template => template.Resources.Count
        );
        var nested = outcomes.ToLookup(outcome => outcome.Name.Split('/')[0] == publication.NestedFolder);
        var images = nested[false].ToLookup(outcome => outcome.Name.Split('/')[0] == publication.ImagesFolder);
        foreach (var (name, change) in images[false])
        {
            yield return $"{name}: {(resources.TryGetValue(name, out var count) ? Count(count, "resource") + ", " : "")}{Word(change)}";
        }

        // Each stack has a template for people and the same for CloudFormation.
        var stacks = nested[true].Where(outcome => outcome.Name.EndsWith(".yaml", StringComparison.Ordinal)).ToList();
        if (nested[true].Any())
        {
            var inside = publication.Templates.Nested.Sum(template => template.Resources.Count);
            yield return $"{publication.NestedFolder}: {Count(publication.Templates.Nested.Count, "stack")} of {Count(inside, "resource")}, {Changes(stacks)}";
        }

        if (images[true].Any())
        {
            yield return $"{publication.ImagesFolder}: {Count(BuildFolders.BuildsOf(publication.Application).Count(), "image")}, {Count(images[true].Count(), "file")}, {Changes(images[true])}";
        }
    }

    private static string Changes(IEnumerable<FileOutcome> outcomes) =>
        string.Join(
            ", ",
            outcomes.GroupBy(outcome => outcome.Change).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}")
        );

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Word(FileChange change) =>
        change switch
        {
            FileChange.New => "new",
            FileChange.Changed => "changed",
            FileChange.Removed => "removed",
            _ => "unchanged",
        };
}
