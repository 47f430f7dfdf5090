namespace Aws.CloudFormation;

/// <summary>How wide a node is on one line; not at all where it has a comment or lines of its own.</summary>
internal sealed class InlineWidths
{
    private readonly Dictionary<TemplateNode, int?> _widths = new(ReferenceEqualityComparer.Instance);

    public int? Of(TemplateNode node)
    {
        if (!_widths.TryGetValue(node, out var width))
        {
            _widths[node] = width = Measure(node);
        }

        return width;
    }

    private int? Measure(TemplateNode node)
    {
        switch (node)
        {
            case TemplateScalar { Value: string text }:
                return YamlScalars.WidthOf(text);
            case TemplateScalar scalar:
                return scalar.ToString().Length;
            case TemplateFunction function:
                return (YamlScalars.TagOf(function) is { } tag ? tag.Length + 1 : YamlScalars.WidthOf(function.Name) + 4)
                    + Of(function.Argument);
            case TemplateList list:
                return Sum(list, item => Of(item));
            case TemplateMap map:
                return Sum(map, entry => YamlScalars.WidthOf(entry.Key) + 2 + Of(entry.Value), entry => entry.Value);
            default:
                return null;
        }
    }

    private static int? Sum<T>(IEnumerable<T> items, Func<T, int?> width, Func<T, TemplateNode>? node = null)
    {
        var sum = 2;
        foreach (var item in items)
        {
            if ((node?.Invoke(item) ?? item as TemplateNode)?.Comment is not null || width(item) is not { } one)
            {
                return null;
            }

            sum += one + 2;
        }

        return sum;
    }
}
