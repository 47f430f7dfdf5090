using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation.OwnRules;

/// <summary>
/// What holds of alarms, scaling policies and dashboards that are composed: they watch what exists, and their metric math is sound.
/// </summary>
internal static class WatchingRules
{
    /// <summary>What is wrong, in sentences; nothing where all is sound.</summary>
    public static IEnumerable<string> Check(Template template) =>
        MetricMath
            .Check(template)
            .Concat(DashboardBodies.Check(template))
            .Concat(MetricSources.Check(template))
            .Select(fault => fault.Describe(template.StackName))
            .Distinct(StringComparer.Ordinal);
}
