using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What a template takes from the foundation by import, where it is more than a template can have parameters: with a hundred services and
/// as many secrets. What is imported can neither change nor go, so a replacement in the foundation takes a deploy without it first.
/// Sources: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html,
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html.
/// </summary>
internal static class FoundationImports
{
    /// <summary>So many parameters a template can have, less the one for the bucket of templates.</summary>
    private const int MostParameters = 199;

    /// <summary>Puts an import in the place of each parameter of the foundation, where there are too many.</summary>
    public static void Apply(FargateApplication application, Template template)
    {
        if (template.Parameters.Count <= MostParameters)
        {
            return;
        }

        var outputs = FoundationOutputs.ParametersOf(application, template).ToHashSet(StringComparer.Ordinal);
        foreach (var output in outputs)
        {
            template.Parameters[output] = null;
        }

        TemplateNode Import(string output) => Fn.ImportValue(NameOf(application, output));
        foreach (var map in template.Resources.Select(resource => resource.Properties).Append(template.Outputs))
        {
            foreach (var name in map.Keys.ToList())
            {
                map[name] = Rewrite(map[name]!, outputs, Import);
            }
        }
    }

    /// <summary>The outputs of the foundation that templates import.</summary>
    public static IEnumerable<string> Of(FargateApplication application, Template template) =>
        template
            .Resources.SelectMany(resource => resource.Properties.Descendants())
            .Concat(template.Outputs.Descendants())
            .OfType<TemplateFunction>()
            .Where(function => function.Name == "Fn::ImportValue")
            .Select(function => function.Argument.AsText())
            .OfType<string>()
            .Where(name => name.StartsWith(NameOf(application, ""), StringComparison.Ordinal))
            .Select(name => name[NameOf(application, "").Length..])
            .Distinct(StringComparer.Ordinal);

    /// <summary>What the foundation exports an output as.</summary>
    public static string NameOf(FargateApplication application, string output) => $"{application.FoundationName}:{output}";

    private static TemplateNode Rewrite(TemplateNode node, HashSet<string> outputs, Func<string, TemplateNode> import)
    {
        TemplateNode Inner(TemplateNode inner) => Rewrite(inner, outputs, import);
        TemplateNode Text(string text, TemplateMap values)
        {
            foreach (var output in Fn.Sub(text).References().Where(id => outputs.Contains(id) && values[id] is null))
            {
                values[output] = import(output);
            }

            return Fn.Sub(text, values);
        }

        var copy = node switch
        {
            TemplateFunction { Name: "Ref", Argument: TemplateScalar { Value: string id } } when outputs.Contains(id) => import(id),
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateScalar { Value: string text } } => Text(text, []),
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateList { Count: 2 } arguments }
                when arguments is [TemplateScalar { Value: string text }, TemplateMap values] => Text(text, (TemplateMap)Inner(values)),
            TemplateFunction function => new TemplateFunction(function.Name, Inner(function.Argument)),
            TemplateList list => new TemplateList(list.Select(Inner)),
            TemplateMap map => InMap(map, Inner),
            _ => node,
        };
        copy.Comment ??= node.Comment;
        return copy;
    }

    private static TemplateMap InMap(TemplateMap map, Func<TemplateNode, TemplateNode> rewrite)
    {
        var copy = new TemplateMap();
        foreach (var (name, value) in map)
        {
            copy[name] = rewrite(value);
        }

        return copy;
    }
}
