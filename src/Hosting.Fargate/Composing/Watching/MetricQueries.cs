using Aws.CloudFormation;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Metrics and expressions over them, as alarms and scaling policies ask for them:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html.
/// </summary>
internal static class MetricQueries
{
    public static TemplateMap Metric(string id, string statistic, string space, string name, TemplateMap dimensions, int? period = null) =>
        new()
        {
            ["Id"] = id,
            ["ReturnData"] = false,
            ["MetricStat"] = new TemplateMap
            {
                ["Stat"] = statistic,
                // Target tracking sets the period itself; an alarm says it.
                ["Period"] = period is { } seconds ? seconds : null,
                ["Metric"] = new TemplateMap
                {
                    ["Namespace"] = space,
                    ["MetricName"] = name,
                    ["Dimensions"] = Dimensions(dimensions),
                },
            },
        };

    public static TemplateList Dimensions(TemplateMap dimensions) =>
        new(dimensions.Select(pair => (TemplateNode)new TemplateMap { ["Name"] = pair.Key, ["Value"] = pair.Value }));

    public static TemplateMap Expression(string id, string label, string expression) =>
        new()
        {
            ["Id"] = id,
            ["Label"] = label,
            ["Expression"] = expression,
            ["ReturnData"] = true,
        };
}
