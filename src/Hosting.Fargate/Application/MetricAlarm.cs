using Aws.CloudFormation;

namespace Hosting.Fargate.Application;

/// <summary>An alarm on one metric.</summary>
/// <param name="Id">Its logical id.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="Namespace">The metric's namespace: <c>AWS/SQS</c>.</param>
/// <param name="Metric">Its name.</param>
/// <param name="Dimensions">Whose it is.</param>
/// <param name="Threshold">Above it something is wrong.</param>
/// <param name="Periods">For how many periods.</param>
/// <param name="Statistic">Of the values of a period.</param>
internal sealed record MetricAlarm(
    string Id,
    string Description,
    string Namespace,
    string Metric,
    TemplateMap Dimensions,
    long Threshold,
    int Periods,
    string Statistic = "Maximum"
)
{
    /// <summary>The seconds of a period.</summary>
    public int PeriodSeconds { get; init; } = 60;

    /// <summary>Whether something is wrong below the threshold, and not above it.</summary>
    public bool IsTooLittle { get; init; }
}
