using System.Text.RegularExpressions;

namespace Hosting.Fargate.Tests.Writing.Summary;

/// <summary>
/// The part of Mermaid's flowcharts that is written here, read strictly: every line a node or an edge, every label in quotes and without a
/// character that could end it, every edge between nodes that there are.
/// </summary>
internal static partial class MermaidText
{
    public sealed record Edge(string From, string To, string Label);

    public static (IReadOnlyDictionary<string, string> Nodes, IReadOnlyList<Edge> Edges) Read(string summary)
    {
        var text = Block().Match(summary) is { Success: true } block
            ? block.Groups["text"].Value
            : throw new FormatException("The summary has no diagram.");
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("flowchart LR", lines[0]);
        Dictionary<string, string> nodes = [];
        List<Edge> edges = [];
        foreach (var line in lines.Skip(1))
        {
            if (Node().Match(line) is { Success: true } node)
            {
                nodes.Add(node.Groups["id"].Value, Unescape(node.Groups["label"].Value));
            }
            else if (EdgeLine().Match(line) is { Success: true } edge)
            {
                edges.Add(new Edge(edge.Groups["from"].Value, edge.Groups["to"].Value, Unescape(edge.Groups["label"].Value)));
            }
            else
            {
                throw new FormatException($"Neither a node nor an edge: {line}");
            }
        }

        Assert.All(edges, edge =>
            Assert.True(nodes.ContainsKey(edge.From) && nodes.ContainsKey(edge.To), $"{edge.From} to {edge.To}: one of them is no node.")
        );
        return (nodes, edges);
    }

    private static string Unescape(string label) =>
        Entity().Replace(label.Replace("<br/>", "\n"), match => char.ConvertFromUtf32(int.Parse(match.Groups["number"].Value)));

    [GeneratedRegex(@"```mermaid\n(?<text>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(
        """^  (?<id>[a-z][A-Za-z0-9]*)(?:\[(?=")|\(\((?=")|\[\((?=")|\{\{(?=")|\[\[(?=")|\(\[(?="))"(?<label>(?:<br/>|[^"<>\[\]{}|\\`&;#]|#[0-9]+;)*)"(?:\]|\)\)|\)\]|\}\}|\]\]|\]\))$"""
    )]
    private static partial Regex Node();

    [GeneratedRegex(
        """^  (?<from>[A-Za-z0-9]+) (?:-->|-\.->)(?:\|"(?<label>(?:[^"<>\[\]{}|\\`&;#]|#[0-9]+;)+)"\|)? (?<to>[A-Za-z0-9]+)$"""
    )]
    private static partial Regex EdgeLine();

    [GeneratedRegex("#(?<number>[0-9]+);")]
    private static partial Regex Entity();
}
