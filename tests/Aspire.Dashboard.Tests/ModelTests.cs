using Aspire.Dashboard.Components.Graph;
using Aspire.Dashboard.Console;
using Aspire.Dashboard.Deployed;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Tests;

/// <summary>What the pages are made of, without a browser.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Replicas_stand_under_one_line_and_children_under_their_parent()
    {
        DashboardResource[] resources = [Resource("worker-1", "worker"), Resource("worker-2", "worker"), Resource("db"), Resource("table", parent: "db"), Resource("a", parent: "b"), Resource("b", parent: "a")];

        Assert.Equal(["0 db", "1 table", "0 worker", "1 worker-1", "1 worker-2", "0 a", "1 b"], Lines(new HashSet<string>()));
        Assert.Equal(["0 db", "0 worker", "0 a"], Lines(new HashSet<string> { "a", "db", "worker" }));

        IEnumerable<string> Lines(IReadOnlySet<string> collapsed) =>
            ResourceRows.Of(resources, collapsed, ResourceSort.Name, descending: false).Select(row => $"{row.Depth} {row.Name}");
    }

    [Theory]
    [InlineData(ResourceSort.Type, false, "b c a")]
    [InlineData(ResourceSort.Type, true, "a c b")]
    [InlineData(ResourceSort.Name, true, "c b a")]
    [InlineData(ResourceSort.State, false, "c a b")]
    internal void The_table_sorts(ResourceSort sort, bool descending, string expected)
    {
        DashboardResource[] resources = [Resource("a") with { Type = "Z", State = "Running" }, Resource("b") with { Type = "A", State = "Waiting" }, Resource("c") with { Type = "B", State = "Exited" }];
        Assert.Equal(expected, string.Join(' ', ResourceRows.Of(resources, new HashSet<string>(), sort, descending).Select(row => row.Name)));
    }

    [Fact]
    public void All_lines_of_the_graph_run_from_left_to_right_and_no_two_resources_lie_on_each_other()
    {
        DashboardResource[] resources =
        [
            Resource("web", needs: ["api", "cache"]), Resource("api", needs: ["db", "queue", "cache"]), Resource("worker", needs: ["db", "queue"]), Resource("cache"), Resource("db", needs: ["server"]),
            Resource("queue"), Resource("server"), Resource("alone"),
        ];
        var layout = GraphLayout.Of(resources);

        Assert.All(layout.Edges, edge => Assert.True(edge.From.X < edge.To.X, $"{edge.From.Resource.Name} → {edge.To.Resource.Name}"));
        Assert.Equal(8, layout.Edges.Count);
        Assert.Equal(resources.Length, layout.Nodes.Select(node => (node.X, node.Y)).Distinct().Count());
        Assert.All(layout.Nodes, node => Assert.True(node.X + GraphLayout.NodeWidth / 2 <= layout.Width && node.Y + GraphLayout.NodeHeight / 2 <= layout.Height));
    }

    [Fact]
    public void Resources_that_need_each_other_are_drawn_too()
    {
        var layout = GraphLayout.Of([Resource("a", needs: ["b", "a"]), Resource("b", needs: ["c"]), Resource("c", needs: ["a"])]);
        Assert.Equal((3, 3), (layout.Nodes.Count, layout.Edges.Count));
        Assert.Empty(GraphLayout.Of([]).Nodes);
    }

    [Theory]
    [InlineData("info: Cat[0]", "info: Cat[0]", "Information")]
    [InlineData("2026-11-24T19:36:40.0299260 \u001b[41m\u001b[30mfail\u001b[39m\u001b[22m\u001b[49m: Cat[0]", "\u001b[41m\u001b[30mfail\u001b[39m\u001b[22m\u001b[49m: Cat[0]", "Error")]
    [InlineData("2026-11-24 19:36:40,123Z [WRN] low", "[WRN] low", "Warning")]
    [InlineData("[12:00:01 INF] hello", "[12:00:01 INF] hello", "Information")]
    [InlineData("{\"EventId\":1,\"LogLevel\":\"Critical\"}", "{\"EventId\":1,\"LogLevel\":\"Critical\"}", "Critical")]
    [InlineData("error handling is on", "error handling is on", "Error")]
    [InlineData("informal text", "informal text", "Unspecified")]
    public void A_console_line_tells_its_level(string line, string content, string level) =>
        Assert.Equal((content, Enum.Parse<LogSeverity>(level)), new ConsoleLineReading().Read(line, isError: false));

    [Fact]
    public void An_indented_line_has_the_level_of_its_entry()
    {
        var reading = new ConsoleLineReading();
        Assert.Equal(
            [LogSeverity.Warning, LogSeverity.Warning, LogSeverity.Unspecified, LogSeverity.Error],
            new[] { ("warn: Cat[0]", false), ("      the message", false), ("plain", false), ("plain", true) }.Select(line => reading.Read(line.Item1, line.Item2).Level));
    }

    [Theory]
    [InlineData("http.status_code:Equals:500", true)]
    [InlineData("http.status_code:NotEquals:500", false)]
    [InlineData("http.status_code:GreaterThan:499.5", true)]
    [InlineData("http.status_code:LessThan:100", false)]
    [InlineData("url%3Apath:Contains:PROFILES:1", true)]
    [InlineData("absent:NotContains:x", true)]
    [InlineData("absent:Equals:x", false)]
    public void A_condition_in_an_address_is_what_it_says(string text, bool holds)
    {
        var values = new Dictionary<string, string> { ["http.status_code"] = "500", ["url:path"] = "/profiles:1" };
        var condition = Assert.Single(TelemetryCondition.Parse([text, "nonsense", "a:b:c", ":Equals:"]));
        Assert.Equal(holds, condition.Holds(values.GetValueOrDefault));
        Assert.Equal(text, condition.ToString());
    }

    [Fact]
    public void Two_services_differ_in_colour_while_there_are_colours()
    {
        var colours = new ServiceColours();
        var first = Enumerable.Range(0, 12).Select(i => colours.ClassOf($"service {i}")).ToList();
        Assert.Equal(12, first.Distinct().Count());
        Assert.Equal(first[3], colours.ClassOf("service 3"));
        Assert.Contains(colours.ClassOf("one more"), first);
    }

    [Fact]
    public void A_deployment_is_read_from_the_models_own_resources()
    {
        var stack = Assert.Single(DeployedState.Of(SampleModel.Deployment()).Stacks);
        Assert.True(stack.IsDeployed);
        Assert.Equal("1 in alarm, 6 OK", stack.Alarms);
        Assert.StartsWith("worker runs fewer tasks", Assert.Single(stack.ActiveAlarms), StringComparison.Ordinal);
        var worker = stack.Services[1];
        Assert.Equal(("worker", "01ab34cd: RUNNING, eu-central-1a, since 2026-11-24 09:11:42"), (worker.Name, Assert.Single(worker.Tasks)));
        Assert.Equal((3, 1, 2, "profiler-worker:12"), (worker.Desired, worker.Running, worker.Pending, worker.TaskDefinition));
    }

    private static DashboardResource Resource(string name, string? displayName = null, string? parent = null, string[]? needs = null) => new()
    {
        Name = name, DisplayName = displayName ?? name, Type = "Project", State = "Running",
        Relationships = [.. (needs ?? []).Select(other => new DashboardRelationship(other, "Reference")), .. parent is null ? (DashboardRelationship[])[] : [new(parent, "Parent")]],
    };
}
