using System.Globalization;
using System.Text;

namespace Hosting.Fargate.Markup;

internal enum MermaidShape
{
    Box,
    Circle,
    Cylinder,
    Hexagon,
    Queue,
    Stadium,
}

/// <summary>
/// A flowchart of Mermaid: https://mermaid.js.org/syntax/flowchart.html. Nodes and edges are written in the order in which they were added.
/// </summary>
internal sealed class MermaidDiagram
{
    private readonly OrderedDictionary<string, string> _nodes = new(StringComparer.Ordinal);
    private readonly List<string> _edges = [];

    public int NodeCount => _nodes.Count;

    public int EdgeCount => _edges.Count;

    /// <param name="id">What edges name it by: letters and digits, no word of Mermaid's (<c>end</c>, <c>graph</c>, <c>style</c> …).</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="lines">What it shows, a line each.</param>
    public void Node(string id, MermaidShape shape, params string?[] lines)
    {
        var label = $"\"{string.Join("<br/>", lines.OfType<string>().Select(Escape))}\"";
        _nodes[id] =
            id
            + shape switch
            {
                MermaidShape.Circle => $"(({label}))",
                MermaidShape.Cylinder => $"[({label})]",
                MermaidShape.Hexagon => $"{{{{{label}}}}}",
                MermaidShape.Queue => $"[[{label}]]",
                MermaidShape.Stadium => $"([{label}])",
                _ => $"[{label}]",
            };
    }

    public void Edge(string from, string to, string label) => Edge(from, to, label, "-->");

    public void DottedEdge(string from, string to, string label) => Edge(from, to, label, "-.->");

    public override string ToString()
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var line in _nodes.Values.Concat(_edges))
        {
            text.Append("  ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Text in which nothing ends a label or means something to Mermaid, to HTML or to Markdown, which labels may hold: what is no letter,
    /// digit or harmless sign stands as the number of its character.
    /// </summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (
                Rune.IsLetterOrDigit(rune)
                || rune.Value is ' ' or '-' or '.' or ',' or '/' or '(' or ')' or '?' or '*' or '_' or ':' or '=' or '+' or '@' or '%'
            )
            {
                escaped.Append(rune);
            }
            else
            {
                escaped.Append('#').Append(rune.Value.ToString(CultureInfo.InvariantCulture)).Append(';');
            }
        }

        return escaped.ToString();
    }

    /// <summary>An edge to what is not drawn would draw it as a box with its id; there is none.</summary>
    private void Edge(string from, string to, string label, string arrow)
    {
        if (_nodes.ContainsKey(from) && _nodes.ContainsKey(to))
        {
            _edges.Add(label.Length == 0 ? $"{from} {arrow} {to}" : $"{from} {arrow}|\"{Escape(label)}\"| {to}");
        }
    }
}
