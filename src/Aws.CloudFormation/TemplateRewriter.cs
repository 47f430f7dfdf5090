namespace Aws.CloudFormation;

/// <summary>
/// Copies a node and lets what it refers to be replaced: in <c>Ref</c>, in <c>Fn::GetAtt</c> and inside the text of <c>Fn::Sub</c>.
/// </summary>
/// <param name="replace">Is given each reference and returns what stands in its place; null to leave it.</param>
public sealed class TemplateRewriter(Func<TemplateReference, TemplateNode?> replace)
{
    /// <summary>A copy of a node.</summary>
    public TemplateNode Rewrite(TemplateNode node)
    {
        var copy = (node.AsFunction() ?? node) switch
        {
            TemplateList list => new TemplateList(list.Select(Rewrite)),
            TemplateMap map => Rewrite(map),
            TemplateFunction { Name: "Ref", Argument: TemplateScalar { Value: string id } } => replace(new(id, null)) ?? node,
            TemplateFunction { Name: "Fn::GetAtt", Argument: TemplateScalar { Value: string path } } => replace(
                TemplateReference.Parse(path)
            ) ?? node,
            TemplateFunction { Name: "Fn::GetAtt", Argument: TemplateList parts } when parts.All(part => part is TemplateScalar) => replace(
                TemplateReference.Parse(string.Join('.', parts))
            ) ?? node,
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateScalar { Value: string text } } => Sub(text, []),
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateList { Count: 2 } arguments }
                when arguments is [TemplateScalar { Value: string text }, TemplateMap values] => Sub(text, Rewrite(values)),
            TemplateFunction function => new TemplateFunction(function.Name, Rewrite(function.Argument)),
            _ => node,
        };
        if (copy != node)
        {
            copy.Comment = node.Comment;
        }

        return copy;
    }

    /// <summary>A copy of a map.</summary>
    public TemplateMap Rewrite(TemplateMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var copy = new TemplateMap { Comment = map.Comment };
        foreach (var (key, value) in map)
        {
            copy[key] = Rewrite(value);
        }

        return copy;
    }

    /// <summary>Text with what its references become: what cannot stand in text is a value beside it, under the same name.</summary>
    private TemplateNode Sub(string text, TemplateMap values)
    {
        HashSet<string> own = [.. values.Keys];
        var copy = TemplateNavigation
            .SubVariable()
            .Replace(text, match =>
            {
                var name = match.Groups["name"].Value;
                if (match.Groups["literal"].Success || own.Contains(name) || replace(TemplateReference.Parse(name)) is not { } other)
                {
                    return match.Value;
                }

                if (other is TemplateFunction { Name: "Ref" or "Fn::GetAtt" } reference)
                {
                    return $"${{{reference.Argument}}}";
                }

                if (other is TemplateScalar scalar)
                {
                    return Fn.Escape(scalar.ToString());
                }

                values[name] = other;
                return match.Value;
            });
        return Fn.Sub(copy, values);
    }
}
