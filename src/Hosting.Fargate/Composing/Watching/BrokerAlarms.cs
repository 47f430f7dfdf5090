using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What somebody should look at of a broker: beyond its limits of memory and disk RabbitMQ takes no more messages.
/// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html has what is measured.
/// </summary>
internal static class BrokerAlarms
{
    private const int CpuPercent = 90;
    private const int Percent = 80;

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Broker broker) =>
        !application.Alarms.Enabled
            ? []
            :
            [
                AlarmComposer.OfMetric(application, Cpu(broker)),
                Share(
                    application,
                    broker,
                    "Memory",
                    $"{broker.Name} has used more than {Percent} percent of the memory beyond which it takes no more messages",
                    "RabbitMQMemUsed",
                    "RabbitMQMemLimit"
                ),
                Share(
                    application,
                    broker,
                    "Disk",
                    $"{broker.Name} has little more disk free than that below which it takes no more messages",
                    "RabbitMQDiskFreeLimit",
                    "RabbitMQDiskFree"
                ),
            ];

    private static MetricAlarm Cpu(Broker broker) =>
        new(
            $"{broker.ResourceId}CpuAlarm",
            $"{broker.Name} has used more than {CpuPercent} percent of its processors for 15 minutes",
            "AWS/AmazonMQ",
            "SystemCpuUtilization",
            Dimensions(broker),
            CpuPercent,
            Periods: 3,
            "Average"
        )
        {
            PeriodSeconds = 300,
        };

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
            AlarmComposer.Exceeds(
                Percent,
                3,
                null,
                [
                    MetricQueries.Metric("part", "Maximum", "AWS/AmazonMQ", part, Dimensions(broker), period: 300),
                    MetricQueries.Metric("whole", "Maximum", "AWS/AmazonMQ", whole, Dimensions(broker), period: 300),
                    MetricQueries.Expression("share", "percent", "100 * part / whole"),
                ]
            )
        );

    private static TemplateMap Dimensions(Broker broker) => new() { ["Broker"] = broker.BrokerName };
}
