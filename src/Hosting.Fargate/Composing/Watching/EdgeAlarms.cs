using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Errors that browsers get of CloudFront, its own and the application's. Its metrics are in us-east-1, and an alarm looks at those of its
/// own region: it is there where the application is known to be in that one.
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html
/// </summary>
internal static class EdgeAlarms
{
    public static IEnumerable<TemplateResource> Compose(FargateApplication application) =>
        application.Region == CloudFrontDistribution.CertificateRegion
            ? EdgeDistribution.Of(application).Select(distribution => Errors(application, distribution.Name, distribution.Owner))
            : [];

    private static TemplateResource Errors(FargateApplication application, string? distribution, string? owner)
    {
        var id = PublicName.DistributionId(distribution);
        var dimensions = new TemplateMap { ["DistributionId"] = Fn.Ref(id), ["Region"] = "Global" };
        const string requests = "FILL(requests, 0)";
        var alarm = AlarmComposer.Alarm(
            application,
            $"{id}ErrorsAlarm",
            $"CloudFront{(distribution is null ? "" : $" ({distribution})")} answers 5xx to more than 5 percent of at least "
                + $"{AlarmComposer.FewestRequests} requests, two minutes of three",
            new()
            {
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["Threshold"] = 5,
                ["EvaluationPeriods"] = 3,
                ["DatapointsToAlarm"] = 2,
                ["TreatMissingData"] = "notBreaching",
                ["Metrics"] = new TemplateList([
                    ScalingComposer.Metric("errors", "Average", "AWS/CloudFront", "5xxErrorRate", dimensions, period: 60),
                    ScalingComposer.Metric("requests", "Sum", "AWS/CloudFront", "Requests", dimensions, period: 60),
                    ScalingComposer.Expression(
                        "rate",
                        "percent of 5xx",
                        $"IF({requests} >= {AlarmComposer.FewestRequests}, FILL(errors, 0), 0)"
                    ),
                ]),
            }
        );
        alarm.Owner = owner;
        return alarm;
    }
}
