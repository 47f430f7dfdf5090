using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>What somebody should look at: an alarm each.</summary>
internal static class AlarmComposer
{
    /// <summary>In a minute: below it, one error or one slow answer at night would be a rate.</summary>
    internal const int FewestRequests = 20;

    private const string LoadBalancerErrorsId = "LoadBalancerErrorsAlarm";

    /// <summary>
    /// The alarms that roll a deployment back: on what the service answers, and on what the load balancer answers in its place (502, 503,
    /// 504). They name load balancer and target group, and never the service: that would be a circle.
    /// </summary>
    public static IReadOnlyList<string> DeploymentAlarms(FargateApplication application, ServiceSpec service) =>
        application.Alarms.Enabled && service is { RollBackOnAlarm: true, Routes.Length: > 0 }
            ? [ServerErrorsId(service), LoadBalancerErrorsId]
            : [];

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, ServiceSpec service)
    {
        if (!application.Alarms.Enabled)
        {
            yield break;
        }

        if (service.Routes.Length > 0)
        {
            yield return ServerErrors(application, service);
            if (service.SlowSeconds is { } seconds)
            {
                yield return Slow(application, service, seconds);
            }

            foreach (var group in GroupsOf(service))
            {
                yield return Unhealthy(application, service, group);
            }
        }

        if (application.Insights is not null && service.Scaling?.Minimum != 0)
        {
            yield return BelowDesired(application, service);
        }
    }

    /// <summary>Those of what services share.</summary>
    public static TemplateSection ComposeShared(FargateApplication application)
    {
        List<TemplateResource> resources =
        [
            .. application is { Alarms.Enabled: true, HasLoadBalancer: true }
                ? [LoadBalancerErrors(application)]
                : Array.Empty<TemplateResource>(),
            .. application is { HasEdgeAlarms: true, HasEdgeStack: false } ? EdgeAlarms.Compose(application) : [],
        ];
        foreach (var data in application.Alarms.Enabled ? application.Data : [])
        {
            resources.AddRange(data.Alarms.Select(alarm => OfData(application, data, alarm)));
        }

        return new TemplateSection("alarms", resources);
    }

    private static string ServerErrorsId(ServiceSpec service) => $"{service.Id}ServerErrorsAlarm";

    internal static IEnumerable<string> GroupsOf(ServiceSpec service) =>
        service.Routes.SelectMany(route =>
            service.Deployment is TrafficShiftDeployment
                ? new[] { TargetComposer.TargetGroupId(service, route), TargetComposer.GreenTargetGroupId(service, route) }
                : [TargetComposer.TargetGroupId(service, route)]
        );

    private static TemplateMap DimensionsOf(string group) =>
        new()
        {
            ["LoadBalancer"] = Fn.GetAtt(SharedIds.LoadBalancer, "LoadBalancerFullName"),
            ["TargetGroup"] = Fn.GetAtt(group, "TargetGroupFullName"),
        };

    private static TemplateResource ServerErrors(FargateApplication application, ServiceSpec service)
    {
        List<TemplateNode> metrics = [];
        var errors = AddOfGroups(metrics, service, "errors", "HTTPCode_Target_5XX_Count", "Sum", " + ");
        var requests = AddOfGroups(metrics, service, "requests", "RequestCount", "Sum", " + ");
        metrics.Add(
            MetricQueries.Expression("rate", "percent of 5xx", $"IF(({requests}) >= {FewestRequests}, 100 * ({errors}) / ({requests}), 0)")
        );
        return Alarm(
            application,
            ServerErrorsId(service),
            $"{service.Name} answers 5xx to more than 5 percent of at least {FewestRequests} requests, two minutes of three",
            Exceeds(5, 3, 2, metrics)
        );
    }

    /// <summary>
    /// Errors of the load balancer's own are in no target group's count, and CloudWatch has them for the whole of it alone:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html. Requests that no target
    /// was chosen for are not among its requests.
    /// </summary>
    private static TemplateResource LoadBalancerErrors(FargateApplication application)
    {
        var dimensions = new TemplateMap { ["LoadBalancer"] = Fn.GetAtt(SharedIds.LoadBalancer, "LoadBalancerFullName") };
        const string errors = "FILL(errors, 0)",
            requests = "(FILL(requests, 0) + FILL(errors, 0))";
        return Alarm(
            application,
            LoadBalancerErrorsId,
            $"the load balancer itself answers 5xx (no task, no answer in time, a broken connection) to more than 5 percent of at least {FewestRequests} requests, two minutes of three",
            Exceeds(
                5,
                3,
                2,
                [
                    MetricQueries.Metric("errors", "Sum", "AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", dimensions, period: 60),
                    MetricQueries.Metric("requests", "Sum", "AWS/ApplicationELB", "RequestCount", dimensions, period: 60),
                    MetricQueries.Expression(
                        "rate",
                        "percent of 5xx",
                        $"IF({requests} >= {FewestRequests}, 100 * {errors} / {requests}, 0)"
                    ),
                ]
            )
        );
    }

    private static TemplateResource Slow(FargateApplication application, ServiceSpec service, int seconds)
    {
        List<TemplateNode> metrics = [];
        // Percentiles cannot be added up: of several target groups the slowest counts.
        var slowest = AddOfGroups(metrics, service, "p99", "TargetResponseTime", "p99", ", ");
        var requests = AddOfGroups(metrics, service, "requests", "RequestCount", "Sum", " + ");
        var p99 = GroupsOf(service).Count() == 1 ? slowest : $"MAX([{slowest}])";
        metrics.Add(MetricQueries.Expression("slow", "p99 in seconds", $"IF(({requests}) >= {FewestRequests}, {p99}, 0)"));
        return Alarm(
            application,
            $"{service.Id}SlowAlarm",
            $"{service.Name} takes more than {seconds} s to answer 1 of 100 (p99) of at least {FewestRequests} requests, three minutes of five",
            Exceeds(seconds, 5, 3, metrics)
        );
    }

    /// <summary>
    /// Adds a metric of each target group of a service, and gives what an expression calls them: a minute without a value is 0.
    /// </summary>
    private static string AddOfGroups(
        List<TemplateNode> metrics,
        ServiceSpec service,
        string id,
        string metric,
        string statistic,
        string separator
    )
    {
        List<string> ids = [];
        foreach (var (index, group) in GroupsOf(service).Index())
        {
            ids.Add(index == 0 ? id : $"{id}_{index + 1}");
            metrics.Add(MetricQueries.Metric(ids[^1], statistic, "AWS/ApplicationELB", metric, DimensionsOf(group), period: 60));
        }

        return string.Join(separator, ids.Select(name => $"FILL({name}, 0)"));
    }

    private static TemplateResource Unhealthy(FargateApplication application, ServiceSpec service, string group) =>
        OfMetric(
            application,
            new(
                group.Replace("TargetGroup", "UnhealthyTargetsAlarm", StringComparison.Ordinal),
                $"a task of {service.Name} fails its health check for five minutes",
                "AWS/ApplicationELB",
                "UnHealthyHostCount",
                DimensionsOf(group),
                Threshold: 0,
                Periods: 5
            )
        );

    private static TemplateResource BelowDesired(FargateApplication application, ServiceSpec service)
    {
        TemplateMap dimensions = new()
        {
            ["ClusterName"] = Fn.Ref(SharedIds.Cluster),
            ["ServiceName"] = Fn.GetAtt(ServiceComposer.Id(service), "Name"),
        };
        return Alarm(
            application,
            $"{service.Id}BelowDesiredAlarm",
            $"{service.Name} runs fewer tasks than it should for ten minutes",
            Exceeds(
                0,
                10,
                null,
                [
                    MetricQueries.Metric("desired", "Maximum", "ECS/ContainerInsights", "DesiredTaskCount", dimensions, period: 60),
                    MetricQueries.Metric("running", "Minimum", "ECS/ContainerInsights", "RunningTaskCount", dimensions, period: 60),
                    MetricQueries.Expression("missing", "tasks missing", "desired - FILL(running, 0)"),
                ]
            )
        );
    }

    private static TemplateResource OfData(FargateApplication application, DataResource data, MetricAlarm alarm)
    {
        var resource = OfMetric(application, alarm);
        resource.Owner = data.Name;
        return resource;
    }

    /// <summary>Those of a server: none where the application wants none.</summary>
    public static IEnumerable<TemplateResource> Compose(FargateApplication application, IEnumerable<MetricAlarm> alarms) =>
        application.Alarms.Enabled ? alarms.Select(alarm => OfMetric(application, alarm)) : [];

    internal static TemplateResource OfMetric(FargateApplication application, MetricAlarm alarm) =>
        Alarm(
            application,
            alarm.Id,
            alarm.Description,
            new()
            {
                ["Namespace"] = alarm.Namespace,
                ["MetricName"] = alarm.Metric,
                ["Dimensions"] = MetricQueries.Dimensions(alarm.Dimensions),
                ["Statistic"] = alarm.Statistic,
                ["Period"] = alarm.PeriodSeconds,
                ["EvaluationPeriods"] = alarm.Periods,
                ["ComparisonOperator"] = alarm.IsTooLittle ? "LessThanThreshold" : "GreaterThanThreshold",
                ["Threshold"] = alarm.Threshold,
                ["TreatMissingData"] = "notBreaching",
            }
        );

    /// <summary>What an alarm on an expression looks at.</summary>
    /// <param name="threshold">Above it something is wrong.</param>
    /// <param name="periods">Among how many of the last periods.</param>
    /// <param name="breaching">In how many of these; null for all.</param>
    /// <param name="metrics">The expression, and what it is of.</param>
    internal static TemplateMap Exceeds(int threshold, int periods, int? breaching, IEnumerable<TemplateNode> metrics) =>
        new()
        {
            ["ComparisonOperator"] = "GreaterThanThreshold",
            ["Threshold"] = threshold,
            ["EvaluationPeriods"] = periods,
            ["DatapointsToAlarm"] = breaching is { } some ? some : null,
            ["TreatMissingData"] = "notBreaching",
            ["Metrics"] = new TemplateList(metrics),
        };

    internal static TemplateResource Alarm(FargateApplication application, string id, string description, TemplateMap properties) =>
        Alarm(id, description, application.Alarms.TopicArn, "WithAlarmTopic", properties);

    /// <param name="id">Its logical id.</param>
    /// <param name="description">When it is raised.</param>
    /// <param name="topic">The topic that it tells; null for none.</param>
    /// <param name="option">What says that topic in the model.</param>
    /// <param name="properties">What it looks at.</param>
    internal static TemplateResource Alarm(string id, string description, string? topic, string option, TemplateMap properties)
    {
        var alarm = new TemplateResource(id, "AWS::CloudWatch::Alarm")
        {
            Comment = topic is null ? $"an alarm that tells nobody yet: {option}" : option,
            Properties = new()
            {
                ["AlarmDescription"] = description,
                ["AlarmActions"] = topic is null ? null : new TemplateList([topic]),
                ["OKActions"] = topic is null ? null : new TemplateList([topic]),
            },
        };
        foreach (var (name, value) in properties)
        {
            alarm.Properties[name] = value;
        }

        return alarm;
    }
}
