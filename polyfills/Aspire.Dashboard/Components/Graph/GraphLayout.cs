using Aspire.Dashboard.Model;

namespace Aspire.Dashboard.Components.Graph;

/// <summary>A resource of the graph and where its middle is.</summary>
internal sealed record GraphNode(DashboardResource Resource, int Replicas, double X, double Y);

/// <summary>A line from one resource to another that it refers to, waits for or belongs to; <paramref name="Types"/> says which.</summary>
internal sealed record GraphEdge(GraphNode From, GraphNode To, IReadOnlyList<string> Types)
{
    /// <summary>Whether it is only there for the order of start.</summary>
    public bool IsOnlyWait => Types.All(type => type == "WaitFor");
}

/// <summary>
/// Lays the model out in columns: who needs others to the left of what they need, so that all lines run from left to right, and
/// within a column next to what they are connected with, so that few lines cross.
/// </summary>
internal sealed class GraphLayout
{
    public const double NodeWidth = 196, NodeHeight = 62;
    private const double ColumnWidth = 290, RowHeight = 92, Margin = 24;
    private const int Sweeps = 6;

    private GraphLayout(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges, double width, double height) =>
        (Nodes, Edges, Width, Height) = (nodes, edges, width, height);

    public IReadOnlyList<GraphNode> Nodes { get; }

    public IReadOnlyList<GraphEdge> Edges { get; }

    public double Width { get; }

    public double Height { get; }

    public static GraphLayout Of(IEnumerable<DashboardResource> resources)
    {
        var groups = resources.GroupBy(resource => resource.DisplayName).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key);
        var lines = groups.Values
            .SelectMany(group => group.First().Relationships.Select(to => (From: group.Key, To: to.ResourceName, to.Type)))
            .Where(line => line.From != line.To && groups.ContainsKey(line.To))
            .GroupBy(line => (line.From, line.To))
            .Select(group => (group.Key.From, group.Key.To, Types: group.Select(line => line.Type).Distinct().ToList()))
            .ToList();
        var columns = Columns([.. groups.Keys], lines.ToLookup(line => line.From, line => line.To));
        var height = columns.Select(column => column.Count).DefaultIfEmpty(0).Max() * RowHeight;
        var nodes = new Dictionary<string, GraphNode>();
        for (var i = 0; i < columns.Count; i++)
        {
            var top = Margin + (height - columns[i].Count * RowHeight) / 2;
            for (var j = 0; j < columns[i].Count; j++)
            {
                var group = groups[columns[i][j]];
                nodes[group.Key] = new GraphNode(group.First(), group.Count(), Margin + NodeWidth / 2 + i * ColumnWidth, top + (j + 0.5) * RowHeight);
            }
        }

        return new GraphLayout(
            [.. nodes.Values],
            [.. lines.Select(line => new GraphEdge(nodes[line.From], nodes[line.To], line.Types))],
            2 * Margin + NodeWidth + Math.Max(0, columns.Count - 1) * ColumnWidth,
            height + 2 * Margin);
    }

    private static List<List<string>> Columns(IReadOnlyList<string> names, ILookup<string, string> needs)
    {
        var column = new Dictionary<string, int>();
        var order = TopologicalOrder(names, needs);
        foreach (var name in order)
        {
            column.TryAdd(name, 0);
            // Lines that go back in the order are those of a circle: they say nothing of the column.
            foreach (var needed in needs[name].Where(needed => order.IndexOf(needed) > order.IndexOf(name)))
            {
                column[needed] = Math.Max(column.GetValueOrDefault(needed), column[name] + 1);
            }
        }

        // Who needs something stands just left of it, not in the first column.
        var neededBy = names.SelectMany(name => needs[name].Select(needed => (name, needed))).ToLookup(pair => pair.needed, pair => pair.name);
        foreach (var name in Enumerable.Reverse(order).Where(name => !neededBy[name].Any() && needs[name].Any()))
        {
            column[name] = Math.Max(0, needs[name].Min(needed => column[needed]) - 1);
        }

        var columns = Enumerable.Range(0, column.Values.DefaultIfEmpty(0).Max() + 1)
            .Select(index => names.Where(name => column[name] == index).ToList())
            .Where(list => list.Count > 0)
            .ToList();
        var neighbours = names.SelectMany(name => needs[name].SelectMany(needed => new[] { (name, needed), (needed, name) })).ToLookup(pair => pair.Item1, pair => pair.Item2);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var current in sweep % 2 == 0 ? columns : Enumerable.Reverse(columns))
            {
                var place = columns.SelectMany(list => list.Select((name, i) => (name, Place: (i + 0.5) / list.Count))).ToDictionary(pair => pair.name, pair => pair.Place);
                var sorted = current.OrderBy(name => neighbours[name].Select(other => place[other]).DefaultIfEmpty(place[name]).Average()).ToList();
                current.Clear();
                current.AddRange(sorted);
            }
        }

        return columns;
    }

    /// <summary>Each before what it needs, but where they need each other.</summary>
    private static List<string> TopologicalOrder(IReadOnlyList<string> names, ILookup<string, string> needs)
    {
        var order = new List<string>();
        var seen = new HashSet<string>();
        foreach (var start in names.Where(seen.Add))
        {
            var path = new Stack<(string Name, IEnumerator<string> Next)>([(start, needs[start].GetEnumerator())]);
            while (path.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    order.Add(path.Pop().Name);
                }
                else if (seen.Add(top.Next.Current))
                {
                    path.Push((top.Next.Current, needs[top.Next.Current].GetEnumerator()));
                }
            }
        }

        order.Reverse();
        return order;
    }
}
