using Hosting.Fargate.Application;
using Hosting.Fargate.Data;
using Hosting.Fargate.Markup;
using Hosting.Fargate.Writing;
using static Hosting.Fargate.Tests.Costs.Applications;

namespace Hosting.Fargate.Tests.Writing.Summary;

public sealed class DiagramTests
{
    [Fact]
    public void The_picture_has_everything_and_who_uses_it()
    {
        var (nodes, edges) = MermaidText.Read(DiagramSection.Write(SampleApplication.Create()));
        Assert.Equal("api\n2 to 10 tasks", nodes["serviceApi"]);
        Assert.Equal("cleanup\ncron(0 3 * * ? *)", nodes["taskCleanup"]);
        Assert.Equal("jobs\ndead letters after 3", nodes["queueJobs"]);
        Assert.Equal("load balancer\nprofiler.example.com", nodes["loadBalancer"]);
        Assert.Equal(
            [
                "internet loadBalancer https",
                "loadBalancer serviceWeb www.example.com/*",
                "loadBalancer serviceApi /api/*, /health",
                "serviceWeb serviceApi http 80",
                "serviceApi serviceCache tcp 6379",
                "serviceApi queueJobs sends",
                "serviceApi bucketDatasets reads, writes, deletes",
                "serviceApi secretApiKey Api__Key",
                "serviceApi secretDbPassword ConnectionStrings__db",
                "serviceWorker queueJobs consumes, consumes dead letters",
                "serviceWorker bucketShared reads",
                "serviceCache fileSystemCacheData reads, writes",
                "taskMigrate secretDbPassword DB_PASSWORD",
            ],
            edges.Select(edge => $"{edge.From} {edge.To} {edge.Label}")
        );
    }

    [Theory]
    [InlineData("""a"b""")]
    [InlineData("a[b]{c}(d)")]
    [InlineData("a|b")]
    [InlineData("<script>&amp;</script>")]
    [InlineData("#quot; #35;")]
    [InlineData("`**bold**` _x_")]
    [InlineData("%%{init: {}}%%")]
    [InlineData("style x:#fff;")]
    [InlineData("naïve 名前 😀")]
    [InlineData("\\n --> end")]
    public void A_label_says_any_text_and_ends_nothing(string text)
    {
        var diagram = new MermaidDiagram();
        diagram.Node("a", MermaidShape.Box, text);
        diagram.Node("b", MermaidShape.Hexagon, text, text);
        diagram.Edge("a", "b", text);
        var (nodes, edges) = MermaidText.Read($"```mermaid\n{diagram}```\n");
        Assert.Equal(text, nodes["a"]);
        Assert.Equal($"{text}\n{text}", nodes["b"]);
        Assert.Equal(text, Assert.Single(edges).Label);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("graph")]
    [InlineData("style")]
    [InlineData("default")]
    public void Words_of_mermaid_are_names_like_others(string name) =>
        Assert.Contains(
            name,
            MermaidText.Read(DiagramSection.Write(Of(Service(name).External()))).Nodes.Values.Select(label => label.Split('\n')[0])
        );

    [Fact]
    public void Many_things_leave_services_alone()
    {
        var queues = Enumerable.Range(1, 60).Select(number => new Queue($"queue{number}", 30, 3, null)).ToArray();
        var services = Enumerable
            .Range(1, 150)
            .Select(number =>
                Service($"service{number}") with
                {
                    Grants = [new DataGrant(queues[number % 60], QueueAccess.Send, "")],
                    Connections = number == 1 ? [] : [new Connection($"service{number - 1}", 8080, "")],
                }
            )
            .ToArray();
        var section = DiagramSection.Write(Of(services) with { Data = [.. queues] });
        var (nodes, edges) = MermaidText.Read(section);
        Assert.Equal(150, nodes.Count);
        Assert.Equal(149, edges.Count);
        Assert.Contains("there would be 210 things to draw", section);
    }

    [Fact]
    public void Too_many_calls_to_draw_are_left_to_the_table()
    {
        var services = Enumerable
            .Range(1, 150)
            .Select(number =>
                Service($"service{number}").External(new RouteRule($"/{number}", null, number)) with
                {
                    Connections =
                    [
                        .. Enumerable
                            .Range(1, 5)
                            .Where(step => number > step)
                            .Select(step => new Connection($"service{number - step}", 8080, "")),
                    ],
                }
            )
            .ToArray();
        var section = DiagramSection.Write(Of(services));
        Assert.Equal(151, MermaidText.Read(section).Edges.Count);
        Assert.Contains("without the calls between them", section);
    }

    [Fact]
    public void Nothing_to_draw_is_no_picture() => Assert.Equal("", DiagramSection.Write(Of()));
}
