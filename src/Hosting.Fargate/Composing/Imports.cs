using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Composing;

/// <summary>What a template imports from other stacks.</summary>
internal static class Imports
{
    public static IEnumerable<string> Of(Template template) => template.Resources
        .SelectMany(resource => resource.Properties.Descendants())
        .Concat(template.Outputs.Descendants())
        .OfType<TemplateFunction>()
        .Where(function => function.Name == "Fn::ImportValue")
        .Select(function => function.Argument.AsText())
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);
}
