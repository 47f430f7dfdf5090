using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Errors that browsers get of CloudFront, its own and the application's. Its metrics are in us-east-1, and an alarm looks at those of its
/// own region, and tells a topic of it: so they are there, wherever the application is.
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html,
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html.
/// </summary>
internal static class EdgeAlarms
{
    public static IEnumerable<TemplateResource> Compose(FargateApplication application) =>
        EdgeDistribution
            .Of(application)
            .Select(distribution => Errors(application, distribution, PublicName.DistributionId(distribution.Name)));

    /// <summary>
    /// As the stack in us-east-1 has them, which is there before the application: it is told a distribution's id once there is one, and has
    /// no alarm for it before.
    /// </summary>
    public static void AddTo(Template template, List<TemplateResource> resources, FargateApplication application)
    {
        foreach (var distribution in EdgeDistribution.Of(application))
        {
            var parameter = PublicName.IdOutput(distribution.Name);
            template.AddParameter(
                parameter,
                "WithCloudFront",
                new()
                {
                    Comment = $"{application.Name}: its output of this name, which deploy passes on once the distribution is there",
                    ["Type"] = "String",
                    ["Default"] = "",
                }
            );
            template.Conditions[ConditionOf(parameter)] = Fn.Not(Fn.Equals(Fn.Ref(parameter), ""));
            var alarm = Errors(application, distribution, parameter);
            alarm.Condition = ConditionOf(parameter);
            resources.Add(alarm);
        }
    }

    /// <summary>The condition that a distribution's id is known.</summary>
    public static string ConditionOf(string parameter) => $"Has{parameter}";

    /// <param name="application">The application.</param>
    /// <param name="distribution">The distribution.</param>
    /// <param name="of">What its id is the reference of.</param>
    private static TemplateResource Errors(FargateApplication application, EdgeDistribution distribution, string of)
    {
        var dimensions = new TemplateMap { ["DistributionId"] = Fn.Ref(of), ["Region"] = "Global" };
        const string requests = "FILL(requests, 0)";
        var alarm = AlarmComposer.Alarm(
            $"{distribution.Id}ErrorsAlarm",
            $"CloudFront{(distribution.Name is null ? "" : $" ({distribution.Name})")} answers 5xx to more than 5 percent of at least "
                + $"{AlarmComposer.FewestRequests} requests, two minutes of three",
            application.EdgeAlarmTopicArn,
            application.Ingress.Edge?.AlarmTopicArn is null && application.EdgeAlarmTopicArn is not null
                ? "WithAlarmTopic"
                : "edge.AlarmTopicArn",
            AlarmComposer.Exceeds(
                5,
                3,
                2,
                [
                    MetricQueries.Metric("errors", "Average", "AWS/CloudFront", "5xxErrorRate", dimensions, period: 60),
                    MetricQueries.Metric("requests", "Sum", "AWS/CloudFront", "Requests", dimensions, period: 60),
                    MetricQueries.Expression(
                        "rate",
                        "percent of 5xx",
                        $"IF({requests} >= {AlarmComposer.FewestRequests}, FILL(errors, 0), 0)"
                    ),
                ]
            )
        );
        alarm.Owner = distribution.Owner;
        return alarm;
    }
}
