using System.Text;
using Aws.CloudFormation;

namespace Hosting.Fargate.Writing;

/// <summary>
/// Values of a template on one line, for a reader: <c>${Cluster.Arn}</c> for what another resource is, the name for what is imported.
/// </summary>
internal static class TemplateText
{
    public static string Of(TemplateNode? node) =>
        node switch
        {
            null => "",
            TemplateList list => string.Join(", ", list.Select(Of)),
            TemplateMap map => string.Join(", ", map.Select(entry => $"{entry.Key} {Of(entry.Value)}")),
            TemplateFunction function => Of(function),
            _ => node.ToString() ?? "",
        };

    /// <summary>The items of a list, or the one that stands in place of a list.</summary>
    public static IEnumerable<string> ItemsOf(TemplateNode? node) =>
        node is TemplateList list ? list.Select(Of)
        : node is null ? []
        : [Of(node)];

    /// <summary>The maps of a list, or the one that stands in place of a list.</summary>
    public static IEnumerable<TemplateMap> MapsOf(TemplateNode? node) =>
        node is TemplateList list ? list.OfType<TemplateMap>()
        : node is TemplateMap map ? [map]
        : [];

    /// <summary>The logical id of the resource that a reference is to; the value itself where it is none.</summary>
    public static string ResourceOf(TemplateNode? node) =>
        node switch
        {
            TemplateFunction { Name: "Ref" } reference => Of(reference.Argument),
            TemplateFunction { Name: "Fn::GetAtt", Argument: TemplateList { Count: > 0 } parts } => Of(parts[0]),
            TemplateFunction { Name: "Fn::GetAtt" } attribute => Of(attribute.Argument).Split('.')[0],
            _ => Of(node),
        };

    private static string Of(TemplateFunction function) =>
        (function.Name, function.Argument) switch
        {
            ("Ref", var name) => $"${{{Of(name)}}}",
            ("Fn::GetAtt", TemplateList parts) => $"${{{string.Join('.', parts.Select(Of))}}}",
            ("Fn::GetAtt", var name) => $"${{{Of(name)}}}",
            ("Fn::ImportValue", var name) => Of(name),
            ("Fn::Sub", TemplateList { Count: 2 } parts) when parts[1] is TemplateMap values => Substitute(Short(Of(parts[0])), values),
            ("Fn::Sub", var text) => Short(Of(text)),
            ("Fn::Join", TemplateList { Count: 2 } parts) => string.Join(Of(parts[0]), ItemsOf(parts[1])),
            ("Fn::If", TemplateList { Count: 3 } parts) => $"{Of(parts[1])} or {Of(parts[2])}, as {Of(parts[0])} says",
            var (name, argument) => $"{name.Replace("Fn::", "", StringComparison.Ordinal)}({Of(argument)})",
        };

    /// <summary>An ARN that fits into a table: what is the stack's own in every ARN stands as a word.</summary>
    private static string Short(string text) =>
        text.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)
            .Replace("${AWS::Region}", "REGION", StringComparison.Ordinal)
            .Replace("${AWS::AccountId}", "ACCOUNT", StringComparison.Ordinal);

    private static string Substitute(string text, TemplateMap values)
    {
        var substituted = new StringBuilder(text);
        foreach (var (name, value) in values)
        {
            substituted.Replace($"${{{name}}}", Of(value));
        }

        return substituted.ToString();
    }
}
