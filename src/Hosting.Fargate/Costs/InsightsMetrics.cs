namespace Hosting.Fargate.Costs;

/// <summary>
/// How many metrics Container Insights makes, by their dimensions. Source:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
/// </summary>
internal static class InsightsMetrics
{
    /// <summary>Of a cluster.</summary>
    public const int OfCluster = 16;

    /// <summary>Of a service.</summary>
    public const int OfService = 19;

    /// <summary>Of a task definition's family.</summary>
    public const int OfTaskDefinition = 13;
}
