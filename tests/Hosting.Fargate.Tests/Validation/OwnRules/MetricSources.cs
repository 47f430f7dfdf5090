using System.Text.Json;
using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation.OwnRules;

/// <summary>
/// Alarms, scaling policies and widgets on metrics that nothing makes: to CloudWatch they are sound, and for ever without data. Looked at
/// are the metrics of <see cref="KnownMetrics"/>; those of other namespaces may be anybody's, and so may a name that is not of this
/// template.
/// </summary>
internal static partial class MetricSources
{
    /// <summary>
    /// What a dimension's value must be where it is a reference: the type of resource and the attribute; null for <c>Ref</c>.
    /// </summary>
    private static readonly Dictionary<string, (string Type, string? Attribute)> s_sources = new()
    {
        ["LoadBalancer"] = ("AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancerFullName"),
        ["TargetGroup"] = ("AWS::ElasticLoadBalancingV2::TargetGroup", "TargetGroupFullName"),
        ["ClusterName"] = ("AWS::ECS::Cluster", null),
        ["ServiceName"] = ("AWS::ECS::Service", "Name"),
        ["QueueName"] = ("AWS::SQS::Queue", "QueueName"),
        ["DBClusterIdentifier"] = ("AWS::RDS::DBCluster", null),
        ["TableName"] = ("AWS::DynamoDB::Table", null),
        ["DBInstanceIdentifier"] = ("AWS::RDS::DBInstance", null),
        ["DistributionId"] = ("AWS::CloudFront::Distribution", null),
    };

    public static IEnumerable<Fault> Check(Template template) =>
        [
            .. from resource in template.Resources
            where resource.Type is "AWS::CloudWatch::Alarm" or "AWS::ApplicationAutoScaling::ScalingPolicy"
            from metric in WatchedMetric.OfProperties(resource.Properties)
            from problem in Problems(template, metric)
            select new Fault(resource.Id, problem),
            .. from dashboard in template.OfType("AWS::CloudWatch::Dashboard")
            from problem in Widgets(dashboard).SelectMany(widget => Problems(template, widget.Where, widget.Properties))
            select new Fault(dashboard.Id, problem),
        ];

    private static IEnumerable<(string Where, JsonElement Properties)> Widgets(TemplateResource dashboard)
    {
        // A reference stands for itself: a metric that it names can be told by it. What does not parse then is not looked at:
        // DashboardBodies does.
        var body = dashboard.Properties.At("DashboardBody").ComposedText(name => $"${{{name}}}");
        JsonElement root;
        try
        {
            root = JsonElement.Parse(body ?? "");
        }
        catch (JsonException)
        {
            return [];
        }

        return
            root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("widgets", out var widgets)
            && widgets.ValueKind == JsonValueKind.Array
            ? widgets
                .EnumerateArray()
                .Index()
                .Where(widget =>
                    widget.Item.ValueKind == JsonValueKind.Object
                    && widget.Item.TryGetProperty("properties", out var properties)
                    && properties.ValueKind == JsonValueKind.Object
                )
                .Select(widget => ($" in widget {widget.Index}", widget.Item.GetProperty("properties")))
            : [];
    }

    private static IEnumerable<string> Problems(Template template, string where, JsonElement properties) =>
        [
            .. WatchedMetric.OfWidget(where, properties).SelectMany(metric => Problems(template, metric)),
            .. properties.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.String
                ? LogGroups(template, where, query.GetString()!)
                : [],
        ];

    private static IEnumerable<string> Problems(Template template, WatchedMetric metric)
    {
        if (KnownMetrics.DimensionsOf(metric.Space, metric.Name) is not { } sets)
        {
            yield break;
        }

        if (sets.Count == 0)
        {
            yield return $"names the metric '{metric.Name}'{metric.Where}, which {metric.Space} does not have. Correct the name.";
            yield break;
        }

        var names = metric.Dimensions.Select(dimension => dimension.Name).ToHashSet();
        if (!sets.Any(set => names.SetEquals(set.Split(','))))
        {
            yield return $"names {metric.Space} {metric.Name}{metric.Where} by the dimensions {TemplateReading.Listed(names)}, and it comes by {string.Join(" or ", sets.Select(set => $"'{set}'"))}. "
                + "Write one of these sets.";
            yield break;
        }

        if (metric.Space == KnownMetrics.Insights && OwnCluster(template, metric) is { } cluster && HasNoInsights(cluster))
        {
            yield return $"names {metric.Space} {metric.Name}{metric.Where}, and Container Insights are off in '{cluster.Id}'. Write WithContainerInsights(), or take it away.";
        }

        foreach (var (name, value) in metric.Dimensions)
        {
            if (
                value is not null
                && s_sources.TryGetValue(name, out var source)
                && ValueProblem(template, metric, name, value, source) is { } problem
            )
            {
                yield return problem;
            }
        }
    }

    private static string? ValueProblem(
        Template template,
        WatchedMetric metric,
        string dimension,
        string value,
        (string Type, string? Attribute) source
    )
    {
        if (Reference().Match(value) is { Success: true } match)
        {
            // What is put in of a parameter or of another stack may be anything.
            var reference = TemplateReference.Parse(match.Groups["path"].Value);
            return
                template.Contains(reference.Id)
                && template[reference.Id] is var resource
                && resource.Type != "AWS::CloudFormation::Stack"
                && (resource.Type != source.Type || reference.Attribute != source.Attribute)
                ? $"has {value} ({resource.Type}) for the dimension {dimension} of {metric.Name}{metric.Where}. Write {(source.Attribute is null ? "the Ref" : source.Attribute)} of an {source.Type}."
                : null;
        }

        // A name: in the template's own cluster there are the template's own services alone, unless they are in stacks of their own.
        return
            dimension == "ServiceName"
            && OwnCluster(template, metric) is not null
            && !template.OfType("AWS::CloudFormation::Stack").Any()
            && template.Services().Select(service => service.Properties.At("ServiceName").AsText()).ToList() is var services
            && !services.Contains(null)
            && !services.Contains(value)
            ? $"names the service '{value}' for {metric.Name}{metric.Where}, which the template does not have (its services: {TemplateReading.Listed(services!)}). Correct the name."
            : null;
    }

    private static TemplateResource? OwnCluster(Template template, WatchedMetric metric) =>
        metric.Dimensions.FirstOrDefault(dimension => dimension.Name == "ClusterName").Value is { } name
            ? template
                .OfType("AWS::ECS::Cluster")
                .FirstOrDefault(cluster => name == $"${{{cluster.Id}}}" || name == cluster.Properties.At("ClusterName").AsText())
            : null;

    private static bool HasNoInsights(TemplateResource cluster) =>
        cluster.Properties.At("ClusterSettings").AllMaps() is { } settings
        && settings
            .Where(setting => setting.At("Name").AsText() == "containerInsights")
            .Select(setting => setting.At("Value").AsText())
            .LastOrDefault("disabled") == "disabled";

    /// <summary>The log groups of a query that are named as those of the template's own services are, and are not there.</summary>
    private static IEnumerable<string> LogGroups(Template template, string where, string query)
    {
        if (template.OfType("AWS::CloudFormation::Stack").Any())
        {
            yield break;
        }

        var groups = template.OfType("AWS::Logs::LogGroup").Select(group => group.Properties.At("LogGroupName").AsText()).ToHashSet();
        foreach (var name in Source().Matches(query).Select(match => match.Groups["name"].Value))
        {
            if (name.StartsWith($"/ecs/{template.StackName}/", StringComparison.Ordinal) && !groups.Contains(name))
            {
                yield return $"reads the log group '{name}'{where}, which the template does not have. Correct the name.";
            }
        }
    }

    [GeneratedRegex(@"\A\$\{(?<path>[^}]*)\}\z")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\bSOURCE\s+'(?<name>[^']*)'", RegexOptions.IgnoreCase)]
    private static partial Regex Source();
}
