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

        var rewriter = new TemplateRewriter(reference =>
            reference.Attribute is null && outputs.Contains(reference.Id) ? Fn.ImportValue(NameOf(application, reference.Id)) : null
        );
        foreach (var map in template.Resources.Select(resource => resource.Properties).Append(template.Outputs))
        {
            foreach (var name in map.Keys.ToList())
            {
                map[name] = rewriter.Rewrite(map[name]!);
            }
        }
    }

    /// <summary>The outputs of the foundation that templates import.</summary>
    public static IEnumerable<string> Of(FargateApplication application, Template template) =>
        template
            .Resources.SelectMany(resource => resource.Properties.Descendants())
            .Concat(template.Outputs.Descendants())
            .Select(node => node.AsFunction())
            .OfType<TemplateFunction>()
            .Where(function => function.Name == "Fn::ImportValue")
            .Select(function => function.Argument.AsText())
            .OfType<string>()
            .Where(name => name.StartsWith(NameOf(application, ""), StringComparison.Ordinal))
            .Select(name => name[NameOf(application, "").Length..])
            .Distinct(StringComparer.Ordinal);

    /// <summary>What the foundation exports an output as.</summary>
    public static string NameOf(FargateApplication application, string output) => $"{application.FoundationName}:{output}";
}
