namespace Hosting.Fargate.Templates;

/// <summary>Copies a node and lets what it refers to be replaced: in <c>Ref</c>, in <c>Fn::GetAtt</c> and inside the text of <c>Fn::Sub</c>.</summary>
/// <param name="replace">Is given each reference and returns what stands in its place; itself to leave it.</param>
internal sealed class TemplateRewriter(Func<TemplateReference, TemplateReference> replace)
{
    public TemplateNode Rewrite(TemplateNode node)
    {
        var copy = node switch
        {
            TemplateList list => new TemplateList(list.Select(Rewrite)),
            TemplateMap map => Rewrite(map),
            TemplateFunction { Name: "Ref", Argument: TemplateScalar { Value: string id } } => replace(new(id, null)).ToNode(),
            TemplateFunction { Name: "Fn::GetAtt", Argument: TemplateScalar { Value: string path } } => replace(
                    TemplateReference.Parse(path)
                )
                .ToNode(),
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateScalar { Value: string text } } => Fn.Sub(RewriteText(text, [])),
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateList { Count: 2 } arguments }
                when arguments is [TemplateScalar { Value: string text }, TemplateMap values] => Fn.Sub(
                RewriteText(text, [.. values.Keys]),
                Rewrite(values)
            ),
            TemplateFunction function => new TemplateFunction(function.Name, Rewrite(function.Argument)),
            _ => node,
        };
        if (copy != node)
        {
            copy.Comment = node.Comment;
        }

        return copy;
    }

    public TemplateMap Rewrite(TemplateMap map)
    {
        var copy = new TemplateMap { Comment = map.Comment };
        foreach (var (key, value) in map)
        {
            copy[key] = Rewrite(value);
        }

        return copy;
    }

    private string RewriteText(string text, HashSet<string> own) =>
        TemplateNavigation
            .SubVariable()
            .Replace(text, match =>
                match.Groups["literal"].Success || own.Contains(match.Groups["name"].Value)
                    ? match.Value
                    : $"${{{replace(TemplateReference.Parse(match.Groups["name"].Value)).Path}}}"
            );
}
