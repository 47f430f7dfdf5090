using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>Finds what a test asks about in a template, by the names of the model.</summary>
internal static class TemplateParts
{
    /// <summary>A property of a resource, in one line.</summary>
    public static string? Property(this Template template, string id, params ReadOnlySpan<string> path) =>
        template[id].Properties.At(path).Show();

    /// <summary>The container of a service or task; that of the model unless another is named.</summary>
    public static TemplateMap Container(this Template template, string workload, string? name = null) =>
        template.Containers(workload).Single(container => container.At("Name").AsText() == (name ?? workload));

    public static IEnumerable<TemplateMap> Containers(this Template template, string workload) =>
        template[$"{Names.Id(workload)}TaskDefinition"].Properties.At("ContainerDefinitions").Maps();

    /// <summary>An environment variable of a container in one line; null where it is not there.</summary>
    public static string? Variable(this Template template, string workload, string name) =>
        template
            .Container(workload)
            .At("Environment")
            .Maps()
            .SingleOrDefault(variable => variable.At("Name").AsText() == name)
            .At("Value")
            .Show();

    /// <summary>Where ECS takes a variable's value from, in one line; null where it takes none.</summary>
    public static string? Secret(this Template template, string workload, string name) =>
        template
            .Container(workload)
            .At("Secrets")
            .Maps()
            .SingleOrDefault(variable => variable.At("Name").AsText() == name)
            .At("ValueFrom")
            .Show();

    public static TemplateMap Service(this Template template, string workload) => template[$"{Names.Id(workload)}Service"].Properties;

    /// <summary>A statement of a role by its Sid; null where the role has none such.</summary>
    public static TemplateMap? Statement(this Template template, string role, string sid) =>
        template.Statements(role).SingleOrDefault(statement => statement.At("Sid").AsText() == sid);

    public static IEnumerable<TemplateMap> Statements(this Template template, string role) =>
        template[role].Properties.At("Policies").Maps().SelectMany(policy => policy.At("PolicyDocument", "Statement").Maps());

    public static IEnumerable<TemplateResource> OfType(this Template template, string type) =>
        template.Resources.Where(resource => resource.Type == type);

    /// <summary>The tags of a resource.</summary>
    public static IReadOnlyDictionary<string, string?> Tags(this Template template, string id) =>
        template[id].Properties.At("Tags").Maps().ToDictionary(tag => tag.At("Key").AsText()!, tag => tag.At("Value").AsText());

    /// <summary>What the load balancer sends to a service: conditions of its rules, with their priorities.</summary>
    public static IReadOnlyList<(string Condition, int Priority)> Rules(this Template template, string service) =>
        [
            .. template
                .OfType("AWS::ElasticLoadBalancingV2::ListenerRule")
                .Where(rule => rule.Owner == service)
                .Select(rule =>
                    (
                        string.Join(
                            " and ",
                            rule.Properties.At("Conditions")
                                .Maps()
                                .Select(condition =>
                                    (condition.At("HostHeaderConfig", "Values") ?? condition.At("PathPatternConfig", "Values")).Show()
                                )
                        ),
                        rule.Properties.At("Priority").AsInt()!.Value
                    )
                ),
        ];

    /// <summary>What a reader is told beside the templates, about a resource or about all.</summary>
    public static string Notices(this Publication publication, string? resource) =>
        string.Join('\n', publication.Application.Notices.Where(notice => notice.Resource == resource).Select(notice => notice.Text));

    /// <summary>A value in one line: text as it is, a function by its name.</summary>
    public static string? Show(this TemplateNode? node) =>
        node.AsFunction() is { } function
            ? Show(function)
            : node switch
            {
                null => null,
                TemplateScalar scalar => scalar.ToString(),
                TemplateList list => $"[{string.Join(", ", list.Select(Show))}]",
                TemplateMap map => $"{{{string.Join(", ", map.Select(pair => $"{pair.Key}: {Show(pair.Value)}"))}}}",
                _ => throw new InvalidOperationException($"{node.GetType().Name} is no kind of value."),
            };

    private static string Show(TemplateFunction function) =>
        (function.Name, function.Argument) switch
        {
            ("Fn::If", TemplateList { Count: 3 } parts) => $"{Show(parts[0])} ? {Show(parts[1])} : {Show(parts[2])}",
            ("Fn::Sub", TemplateList { Count: 2 } parts) => $"Sub {Show(parts[0])} {Show(parts[1])}",
            var (name, argument) => $"{name.Replace("Fn::", "", StringComparison.Ordinal)} {Show(argument)}",
        };
}
