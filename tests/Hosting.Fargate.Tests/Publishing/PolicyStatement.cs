using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>A statement of a policy somewhere in a template.</summary>
/// <param name="Resource">The resource that it is in.</param>
/// <param name="Document">The property with the policy: <c>AssumeRolePolicyDocument</c>, <c>PolicyDocument</c>,
/// <c>FileSystemPolicy</c>.</param>
/// <param name="Map">The statement.</param>
internal sealed record PolicyStatement(TemplateResource Resource, string Document, TemplateMap Map)
{
    public bool Allows => Map.At("Effect").AsText() == "Allow";

    /// <summary>Whether it says what a role may do, and not who may take it or use a resource.</summary>
    public bool IsOfRole => Resource.Type == "AWS::IAM::Role" && Document == "PolicyDocument";

    public IEnumerable<string> Actions => OneOrMore("Action");

    /// <summary>The resources, each in one line.</summary>
    public IEnumerable<string> Resources => OneOrMore("Resource");

    /// <summary>Each action on each resource, in one line.</summary>
    public IEnumerable<string> Permissions => Actions.SelectMany(action => Resources.Select(resource => $"{action} on {resource}"));

    /// <summary>All statements of a template, wherever they are.</summary>
    public static IEnumerable<PolicyStatement> In(Template template) =>
        template.Resources.SelectMany(resource =>
            Find(resource.Properties, "").Select(found => new PolicyStatement(resource, found.Document, found.Map))
        );

    private static IEnumerable<(string Document, TemplateMap Map)> Find(TemplateNode node, string document) =>
        node switch
        {
            TemplateMap map when map["Effect"] is not null => [(document, map)],
            TemplateMap map => map.SelectMany(pair =>
                Find(
                    pair.Value,
                    pair.Key.EndsWith("Document", StringComparison.Ordinal) || pair.Key.EndsWith("Policy", StringComparison.Ordinal)
                        ? pair.Key
                        : document
                )
            ),
            TemplateList list => list.SelectMany(item => Find(item, document)),
            _ => [],
        };

    private IEnumerable<string> OneOrMore(string name) =>
        Map[name] switch
        {
            null => [],
            TemplateList list => list.Select(item => item.InOneLine()),
            var only => [only.InOneLine()],
        };
}

internal static class TemplateNodeText
{
    /// <summary>A value in one line: text as it is, a function by its name, text that a function makes as it is written.</summary>
    public static string InOneLine(this TemplateNode node) =>
        node switch
        {
            TemplateFunction { Name: "Fn::Sub", Argument: TemplateScalar text } => text.ToString(),
            TemplateFunction function => $"{function.Name.Replace("Fn::", "", StringComparison.Ordinal)} {function.Argument.InOneLine()}",
            TemplateList list => $"[{string.Join(", ", list.Select(InOneLine))}]",
            TemplateMap map => $"{{{string.Join(", ", map.Select(pair => $"{pair.Key}: {pair.Value.InOneLine()}"))}}}",
            _ => node.ToString()!,
        };
}
