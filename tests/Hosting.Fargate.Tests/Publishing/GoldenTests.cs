using Aspire.Hosting;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What models publish, byte for byte as it is kept in <c>Golden/</c>: its README says how that is updated.</summary>
public sealed class GoldenTests
{
    private const string UpdateVariable = "UPDATE_GOLDEN";

    private static readonly Dictionary<string, Action<IDistributedApplicationBuilder>> s_models = new()
    {
        ["containers"] = GoldenModels.Containers,
        ["private-network"] = GoldenModels.PrivateNetwork,
        ["tasks"] = GoldenModels.Tasks,
        ["instances"] = GoldenModels.Instances,
        ["nested-stacks"] = GoldenModels.NestedStacks,
        ["edge"] = GoldenModels.Edge,
        ["edge-with-domain"] = GoldenModels.EdgeWithDomain,
        ["static-site"] = GoldenModels.StaticSite,
        ["two-sites"] = GoldenModels.TwoSites,
    };

    public static TheoryData<string> Models => [.. s_models.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_model_publishes_what_is_kept(string model)
    {
        var publication = await Published.ModelAsync(s_models[model]);

        // The JSON of nested stacks is named by its own hash, and the root's template has that name.
        await CompareAsync(model, publication.Files.Where(file => !file.Name.EndsWith(".template.json", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_reference_application_publishes_what_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("published-");
        try
        {
            var run = await AppHostRun.PublishAsync(folder.FullName);
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            await CompareAsync("reference-application", FilesIn(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Everything_that_is_kept_is_some_model_s()
    {
        var kept = Directory.EnumerateDirectories(Repository.TestFile("Publishing", "Golden")).Select(Path.GetFileName);
        Assert.Equal(s_models.Keys.Append("reference-application").Order(), kept.Order());
        var nested = await Published.ModelAsync(GoldenModels.NestedStacks);
        Assert.NotEmpty(nested.Templates.Nested);
    }

    [Fact]
    public void A_difference_is_shown_by_its_first_lines()
    {
        var message = Differences("a.yaml", "one\ntwo\nthree\nfour\n", "one\ntwo\n3\nfour\n");
        Assert.Equal("a.yaml, line 3:\n  kept:      three\n  published: 3\n  kept:      four\n  published: four", message);
    }

    private static async Task CompareAsync(string model, IEnumerable<PublishedFile> published)
    {
        var folder = Repository.TestFile("Publishing", "Golden", model);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            foreach (var file in published)
            {
                var path = Path.Combine(folder, file.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, file.Content, TestContext.Current.CancellationToken);
            }
        }

        var kept = Directory.Exists(folder) ? FilesIn(folder).ToDictionary(file => file.Name, file => file.Content) : [];
        List<string> differences = [];
        foreach (var file in published)
        {
            if (!kept.Remove(file.Name, out var content))
            {
                differences.Add($"{file.Name} is published and not kept.");
            }
            else if (content != file.Content)
            {
                differences.Add(Differences(file.Name, content, file.Content));
            }
        }

        differences.AddRange(kept.Keys.Select(name => $"{name} is kept and not published."));
        Assert.True(
            differences.Count == 0,
            $"Publishing '{model}' gives something else than Golden/{model} has. Where that is meant, run the tests with {UpdateVariable}=1 and read the diff.\n{string.Join('\n', differences)}"
        );
    }

    private static IEnumerable<PublishedFile> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => new PublishedFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path)))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    /// <summary>The first lines that differ, five at the most.</summary>
    private static string Differences(string name, string kept, string published)
    {
        var (left, right) = (kept.Split('\n'), published.Split('\n'));
        var first = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        var lines = Enumerable
            .Range(first, 5)
            .Where(line => line < Math.Max(left.Length, right.Length) - 1)
            .SelectMany(line =>
                new[] { $"  kept:      {left.ElementAtOrDefault(line)}", $"  published: {right.ElementAtOrDefault(line)}" }
            );
        return $"{name}, line {first + 1}:\n{string.Join('\n', lines)}";
    }
}
