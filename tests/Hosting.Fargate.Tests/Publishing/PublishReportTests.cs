using Aspire.Hosting;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What the console says of a publish.</summary>
public sealed class PublishReportTests
{
    [Fact]
    public async Task Each_file_has_a_line_with_what_is_in_it_and_how_it_differs_from_before()
    {
        var published = await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints());
        var lines = PublishReport.Lines(
            published,
            [new("shop.template.yaml", FileChange.Changed), new("shop.parameters.json", FileChange.None), new("README.md", FileChange.New)]
        );
        Assert.Equal(
            [
                $"shop.template.yaml: {published.Template().Resources.Count} resources, changed",
                "shop.parameters.json: unchanged",
                "README.md: new",
            ],
            lines
        );
    }

    [Fact]
    public async Task Nested_stacks_have_one_line()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithNestedStacks();
            builder.AddWorker("one");
            builder.AddWorker("two");
        });
        FileOutcome[] outcomes =
        [
            .. published.Files.Select(file => new FileOutcome(
                file.Name,
                file.Name.EndsWith("one.template.yaml", StringComparison.Ordinal) ? FileChange.None : FileChange.New
            )),
        ];
        var inside = published.Templates.Nested.Sum(template => template.Resources.Count);
        Assert.Equal(
            $"shop.nested: 2 stacks of {inside} resources, 1 unchanged, 1 new",
            PublishReport.Lines(published, [.. outcomes]).Last()
        );
        Assert.EndsWith(
            ", 1 unchanged, 1 new, 1 removed",
            PublishReport.Lines(published, [.. outcomes, new("shop.nested/shop-three.template.yaml", FileChange.Removed)]).Last()
        );
    }
}
