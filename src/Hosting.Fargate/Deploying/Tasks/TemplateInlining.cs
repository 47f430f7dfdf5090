using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>Puts the values of some parameters in the place of what refers to them.</summary>
internal sealed class TemplateInlining(IReadOnlyDictionary<string, string> values)
{
    public TemplateNode Apply(TemplateNode node) => values.Count == 0 ? node : Inline(node);

    private TemplateNode Inline(TemplateNode node) =>
        node switch
        {
            TemplateFunction { Name: "Ref" } reference
                when reference.Argument.AsText() is { } id && values.TryGetValue(id, out var value) => value,
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateScalar text } => Fn.Sub(InText(text.ToString(), [])),
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateList { Count: 2 } list } when list[1] is TemplateMap own => Fn.Sub(
                InText(list[0].AsText() ?? "", [.. own.Keys]),
                (TemplateMap)Inline(own)
            ),
            TemplateFunction function => new TemplateFunction(function.Name, Inline(function.Argument)),
            TemplateList list => new TemplateList(list.Select(Inline)),
            TemplateMap map => InMap(map),
            _ => node,
        };

    private TemplateMap InMap(TemplateMap map)
    {
        var copy = new TemplateMap();
        foreach (var (name, value) in map)
        {
            copy[name] = Inline(value);
        }

        return copy;
    }

    private string InText(string text, HashSet<string> own) =>
        TemplateNavigation
            .SubVariable()
            .Replace(text, match =>
                !match.Groups["literal"].Success
                && !own.Contains(match.Groups["name"].Value)
                && values.TryGetValue(match.Groups["name"].Value, out var value)
                    ? Fn.Escape(value)
                    : match.Value
            );
}
