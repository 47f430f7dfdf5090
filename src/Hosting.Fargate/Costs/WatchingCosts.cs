using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>
/// What watching costs by the month: alarms, the dashboard, Container Insights. The free ones of an account may be used up by others.
/// </summary>
internal static class WatchingCosts
{
    public static IEnumerable<CostLine> Of(FargateApplication application, IReadOnlyList<Template> templates)
    {
        var resources = templates.SelectMany(template => template.Resources).ToList();
        var ofAlarms = resources.Where(resource => resource.Type == "AWS::CloudWatch::Alarm").Sum(alarm => MetricsOf(alarm.Properties));
        if (ofAlarms > 0)
        {
            yield return new CostLine("Metrics that alarms look at", Prices.AlarmMetricMonth, ofAlarms);
        }

        // Two alarms for each policy, one to scale out and one to scale in:
        // https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html.
        var ofScaling =
            2
            * resources
                .Where(resource => resource.Type == "AWS::ApplicationAutoScaling::ScalingPolicy")
                .Select(policy => policy.Properties.At("TargetTrackingScalingPolicyConfiguration"))
                .Where(configuration => configuration is not null)
                .Sum(configuration =>
                    configuration.At("CustomizedMetricSpecification") is TemplateMap customized ? MetricsOf(customized) : 1
                );
        if (ofScaling > 0)
        {
            yield return new CostLine("Metrics that scaling looks at", Prices.AlarmMetricMonth, ofScaling);
        }

        if (application.Insights == ContainerInsights.Enabled)
        {
            // The sets of dimensions in which it has them; those of tasks and containers are the enhanced kind's.
            var metrics =
                InsightsMetrics.OfCluster
                + (application.Services.Length * InsightsMetrics.OfService)
                + (application.Workloads.Count() * InsightsMetrics.OfTaskDefinition);
            yield return new CostLine(
                "Container Insights: metrics of cluster, services and task definitions",
                Prices.CustomMetricMonth,
                metrics
            );
        }
    }

    /// <summary>An alarm on an expression is billed for each metric in it.</summary>
    private static int MetricsOf(TemplateMap alarm) =>
        alarm.At("Metrics") is TemplateList metrics
            ? metrics.OfType<TemplateMap>().Count(metric => metric.At("MetricStat") is not null)
            : 1;
}
