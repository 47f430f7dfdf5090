using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// How the number of a service's tasks moves. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html.
/// </summary>
internal static class ScalingComposer
{
    public static IEnumerable<TemplateResource> Compose(ServiceSpec service, FargateApplication application)
    {
        if (service.Scaling is not { } scaling)
        {
            yield break;
        }

        yield return ScalableTarget(service, scaling);
        if (scaling.CpuPercent is { } cpu)
        {
            yield return Predefined(service, "Cpu", cpu, "ECSServiceAverageCPUUtilization");
        }

        if (scaling.MemoryPercent is { } memory)
        {
            yield return Predefined(service, "Memory", memory, "ECSServiceAverageMemoryUtilization");
        }

        if (scaling.RequestsPerTarget is { } requests)
        {
            yield return Requests(service, requests);
        }

        if (scaling.Backlog is { } backlog)
        {
            yield return Backlog(application, service, backlog);
            if (scaling.Minimum == 0)
            {
                yield return Wake(service);
                yield return WakeAlarm(application, service, backlog.Queue);
            }
        }
    }

    private static string TargetId(ServiceSpec service) => $"{service.Id}ScalableTarget";

    private static TemplateResource ScalableTarget(ServiceSpec service, Scaling scaling) =>
        new(TargetId(service), "AWS::ApplicationAutoScaling::ScalableTarget")
        {
            Comment = $"Scale({scaling.Minimum}, {scaling.Maximum})",
            Properties = new()
            {
                ["ServiceNamespace"] = "ecs",
                ["ScalableDimension"] = "ecs:service:DesiredCount",
                ["ResourceId"] = Fn.Sub($"service/${{{SharedIds.Cluster}}}/${{{ServiceComposer.Id(service)}.Name}}"),
                ["MinCapacity"] = scaling.Minimum,
                ["MaxCapacity"] = scaling.Maximum,
                ["ScheduledActions"] =
                    scaling.Schedules.Length == 0
                        ? null
                        : new TemplateList(
                            scaling.Schedules.Select(
                                (schedule, index) =>
                                    (TemplateNode)
                                        new TemplateMap
                                        {
                                            ["ScheduledActionName"] = $"{service.Name}-{index + 1}",
                                            ["Schedule"] = schedule.Expression,
                                            ["Timezone"] = schedule.TimeZone,
                                            ["ScalableTargetAction"] = new TemplateMap
                                            {
                                                ["MinCapacity"] = schedule.Minimum,
                                                ["MaxCapacity"] = schedule.Maximum,
                                            },
                                        }
                            )
                        ),
            },
        };

    private static TemplateResource Predefined(ServiceSpec service, string name, double target, string metric) =>
        Tracking(
            service,
            name,
            $"On{name}({target.ToString(System.Globalization.CultureInfo.InvariantCulture)})",
            target,
            new TemplateMap { ["PredefinedMetricSpecification"] = new TemplateMap { ["PredefinedMetricType"] = metric } }
        );

    private static TemplateResource Requests(ServiceSpec service, int perTarget)
    {
        var route = service.Routes[0];
        var comment = $"OnRequests({perTarget}): a minute and target";
        if (service.Deployment is not TrafficShiftDeployment)
        {
            var policy = Tracking(
                service,
                "Request",
                comment + "; the label is refused while the target group is on no listener",
                perTarget,
                new TemplateMap
                {
                    ["PredefinedMetricSpecification"] = new TemplateMap
                    {
                        ["PredefinedMetricType"] = "ALBRequestCountPerTarget",
                        ["ResourceLabel"] = Fn.Sub(
                            $"${{{SharedIds.LoadBalancer}.LoadBalancerFullName}}/${{{TargetComposer.TargetGroupId(service, route)}.TargetGroupFullName}}"
                        ),
                    },
                }
            );
            return policy;
        }

        // The predefined metric names one target group, and the traffic is on the one or the other.
        TemplateMap PerTarget(string id, string group) =>
            MetricQueries.Metric(
                id,
                "Sum",
                "AWS/ApplicationELB",
                "RequestCountPerTarget",
                new TemplateMap { ["TargetGroup"] = Fn.GetAtt(group, "TargetGroupFullName") }
            );
        return Tracking(
            service,
            "Request",
            comment + ", over both target groups",
            perTarget,
            new TemplateMap
            {
                ["CustomizedMetricSpecification"] = new TemplateMap
                {
                    ["Metrics"] = new TemplateList([
                        PerTarget("blue", TargetComposer.TargetGroupId(service, route)),
                        PerTarget("green", TargetComposer.GreenTargetGroupId(service, route)),
                        MetricQueries.Expression("requests", "requests for each target", "FILL(blue, 0) + FILL(green, 0)"),
                    ]),
                },
            }
        );
    }

    private static TemplateResource Backlog(FargateApplication application, ServiceSpec service, BacklogScaling backlog) =>
        Tracking(
            service,
            "Backlog",
            $"OnBacklog({backlog.Queue.Name}, {backlog.MessagesPerTask.ToString(System.Globalization.CultureInfo.InvariantCulture)}): waiting and in hand for each running task; in hand counts, or the last busy task would be taken away",
            backlog.MessagesPerTask,
            new TemplateMap
            {
                ["CustomizedMetricSpecification"] = new TemplateMap
                {
                    ["Metrics"] = new TemplateList([
                        QueueMetric(application, "waiting", backlog.Queue, "ApproximateNumberOfMessagesVisible"),
                        QueueMetric(application, "inhand", backlog.Queue, "ApproximateNumberOfMessagesNotVisible"),
                        Running(service, "Average"),
                        MetricQueries.Expression(
                            "backlog",
                            "messages for each running task",
                            "(FILL(waiting, 0) + FILL(inhand, 0)) / IF(FILL(running, 0) > 0, running, 1)"
                        ),
                    ]),
                },
            }
        );

    private static TemplateResource Wake(ServiceSpec service) =>
        new($"{service.Id}WakeScaling", "AWS::ApplicationAutoScaling::ScalingPolicy")
        {
            Comment = "from zero to one: target tracking alone waits until the backlog passes its target",
            Properties = new()
            {
                ["PolicyName"] = $"{service.Name}-wake",
                ["PolicyType"] = "StepScaling",
                ["ScalingTargetId"] = Fn.Ref(TargetId(service)),
                ["StepScalingPolicyConfiguration"] = new TemplateMap
                {
                    ["AdjustmentType"] = "ChangeInCapacity",
                    ["Cooldown"] = 120,
                    ["MetricAggregationType"] = "Maximum",
                    ["StepAdjustments"] = new TemplateList([
                        new TemplateMap { ["MetricIntervalLowerBound"] = 0, ["ScalingAdjustment"] = 1 },
                    ]),
                },
            },
        };

    private static TemplateResource WakeAlarm(FargateApplication application, ServiceSpec service, DataResource queue)
    {
        var metrics = new TemplateList([
            QueueMetric(application, "waiting", queue, "ApproximateNumberOfMessagesVisible", period: 60),
            Running(service, "Maximum", period: 60),
            MetricQueries.Expression("wake", "waiting messages without a task", "IF(FILL(running, 0) < 1, waiting, 0)"),
        ]);
        return new($"{service.Id}WakeAlarm", "AWS::CloudWatch::Alarm")
        {
            Comment = "no fault: it starts a task. Two of two, since the newest minute of a metric that comes late is filled with 0",
            Properties = new()
            {
                ["AlarmDescription"] = $"messages wait in {queue.Name} and no task of {service.Name} runs: starts one",
                ["AlarmActions"] = new TemplateList([Fn.Ref($"{service.Id}WakeScaling")]),
                ["ComparisonOperator"] = "GreaterThanOrEqualToThreshold",
                ["Threshold"] = 1,
                ["EvaluationPeriods"] = 2,
                ["DatapointsToAlarm"] = 2,
                ["TreatMissingData"] = "notBreaching",
                ["Metrics"] = metrics,
            },
        };
    }

    private static TemplateResource Tracking(ServiceSpec service, string name, string comment, double target, TemplateMap metric)
    {
        var configuration = new TemplateMap
        {
            ["TargetValue"] = target,
            ["ScaleInCooldown"] = 300,
            ["ScaleOutCooldown"] = 60,
        };
        foreach (var (key, value) in metric)
        {
            configuration[key] = value;
        }

        return new($"{service.Id}{name}Scaling", "AWS::ApplicationAutoScaling::ScalingPolicy")
        {
            Comment = comment,
            Properties = new()
            {
                ["PolicyName"] = $"{service.Name}-{name.ToLowerInvariant()}",
                ["PolicyType"] = "TargetTrackingScaling",
                ["ScalingTargetId"] = Fn.Ref(TargetId(service)),
                ["TargetTrackingScalingPolicyConfiguration"] = configuration,
            },
        };
    }

    private static TemplateMap QueueMetric(
        FargateApplication application,
        string id,
        DataResource queue,
        string metric,
        int? period = null
    ) => MetricQueries.Metric(id, "Maximum", "AWS/SQS", metric, new TemplateMap { ["QueueName"] = queue.Attribute("QueueName") }, period);

    private static TemplateMap Running(ServiceSpec service, string statistic, int? period = null) =>
        MetricQueries.Metric(
            "running",
            statistic,
            "ECS/ContainerInsights",
            "RunningTaskCount",
            new TemplateMap
            {
                ["ClusterName"] = Fn.Ref(SharedIds.Cluster),
                ["ServiceName"] = Fn.GetAtt(ServiceComposer.Id(service), "Name"),
            },
            period
        );
}
