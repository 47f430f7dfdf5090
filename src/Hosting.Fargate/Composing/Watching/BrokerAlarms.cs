using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What somebody should look at of a broker: beyond its limits of memory and disk RabbitMQ takes no more messages.
/// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html has what is measured.
/// </summary>
internal static class BrokerAlarms
{
    private const int Percent = 80;

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Broker broker)
    {
        if (!application.Alarms.Enabled)
        {
            yield break;
        }

        yield return AlarmComposer.Alarm(
            application,
            $"{broker.ResourceId}CpuAlarm",
            $"{broker.Name} has used more than 90 percent of its processors for 15 minutes",
            new()
            {
                ["Namespace"] = "AWS/AmazonMQ",
                ["MetricName"] = "SystemCpuUtilization",
                ["Dimensions"] = Dimensions(broker),
                ["Statistic"] = "Average",
                ["Period"] = 300,
                ["EvaluationPeriods"] = 3,
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["Threshold"] = 90,
                ["TreatMissingData"] = "notBreaching",
            }
        );
        yield return Share(
            application,
            broker,
            "Memory",
            $"{broker.Name} has used more than {Percent} percent of the memory beyond which it takes no more messages",
            "RabbitMQMemUsed",
            "RabbitMQMemLimit"
        );
        yield return Share(
            application,
            broker,
            "Disk",
            $"{broker.Name} has little more disk free than that below which it takes no more messages",
            "RabbitMQDiskFreeLimit",
            "RabbitMQDiskFree"
        );
    }

    /// <summary>One metric as a share of another.</summary>
    private static TemplateResource Share(
        FargateApplication application,
        Broker broker,
        string what,
        string description,
        string part,
        string whole
    ) =>
        AlarmComposer.Alarm(
            application,
            $"{broker.ResourceId}{what}Alarm",
            description,
            new()
            {
                ["Metrics"] = new TemplateList([
                    new TemplateMap
                    {
                        ["Id"] = "share",
                        ["Expression"] = "100 * part / whole",
                        ["Label"] = "percent",
                        ["ReturnData"] = true,
                    },
                    Metric("part", broker, part),
                    Metric("whole", broker, whole),
                ]),
                ["EvaluationPeriods"] = 3,
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["Threshold"] = Percent,
                ["TreatMissingData"] = "notBreaching",
            }
        );

    private static TemplateMap Metric(string id, Broker broker, string metric) =>
        new()
        {
            ["Id"] = id,
            ["MetricStat"] = new TemplateMap
            {
                ["Metric"] = new TemplateMap
                {
                    ["Namespace"] = "AWS/AmazonMQ",
                    ["MetricName"] = metric,
                    ["Dimensions"] = Dimensions(broker),
                },
                ["Period"] = 300,
                ["Stat"] = "Maximum",
            },
            ["ReturnData"] = false,
        };

    private static TemplateNode Dimensions(Broker broker) => ScalingComposer.Dimensions(new TemplateMap { ["Broker"] = broker.BrokerName });
}
