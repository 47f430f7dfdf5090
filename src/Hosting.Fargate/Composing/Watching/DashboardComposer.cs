using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Composing;

/// <summary>
/// One CloudWatch dashboard for load balancer, services, queues, databases and traces: only what the template makes is on it. Metrics that
/// the application measures itself are not: by OTLP they have no namespace and dimensions, and the collector gives them the names of its
/// own configuration.
/// </summary>
internal static class DashboardComposer
{
    /// <summary>
    /// CloudWatch takes 500 widgets: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html. A person takes
    /// fewer.
    /// </summary>
    private const int MaxServices = 40;

    /// <summary>
    /// Where Transaction Search keeps spans. Source:
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search.html.
    /// </summary>
    private const string Spans = "aws/spans";

    public static TemplateSection Compose(FargateApplication application)
    {
        if (application.Services.Length == 0)
        {
            return new TemplateSection("dashboard", []);
        }

        return new TemplateSection(
            "dashboard",
            [
                new("Dashboard", "AWS::CloudWatch::Dashboard")
                {
                    Comment =
                        "what is going on, on one page"
                        + (
                            application.Services.Length > MaxServices
                                ? $": the first {MaxServices} of {application.Services.Length} services"
                                : ""
                        ),
                    Properties = new() { ["DashboardName"] = application.Name, ["DashboardBody"] = ComposeBody(application) },
                },
            ]
        );
    }

    private static TemplateNode ComposeBody(FargateApplication application)
    {
        var widgets = new DashboardWidgets();
        var services = application.Services.Take(MaxServices).ToList();
        widgets.AddText(Links(application, services), height: Math.Min(3 + services.Count, 12));
        foreach (var service in services.Where(service => service.Routes.Length > 0))
        {
            AddTraffic(widgets, service);
        }

        if (application.HasLoadBalancer)
        {
            widgets.AddRow(
                DashboardWidgets.Metrics(
                    "errors that the load balancer makes itself",
                    "Sum",
                    [
                        OfLoadBalancer("HTTPCode_ELB_502_Count", "502: a broken connection"),
                        OfLoadBalancer("HTTPCode_ELB_503_Count", "503: no task"),
                        OfLoadBalancer("HTTPCode_ELB_504_Count", "504: no answer in time"),
                    ]
                )
            );
        }

        if (application.HasDistribution)
        {
            AddEdge(widgets);
        }

        AddTasks(widgets, application, services);
        foreach (var data in application.Data.Where(data => data.Charts.Count > 0))
        {
            widgets.AddRow(data.Charts.Select(chart => DashboardWidgets.Metrics(chart.Title, chart.Statistic, chart.Lines)));
        }

        DashboardOfServers.Add(widgets, application);

        if (application.Workloads.Any(workload => workload.Telemetry != Telemetry.None))
        {
            AddTraces(widgets, application);
        }

        var logs = string.Join(" | ", services.Select(service => $"SOURCE '{application.LogGroupOf(service)}'"));
        // As .NET's own JSON console has it.
        widgets.AddRow(
            DashboardWidgets.Log(
                "errors in the logs",
                $"{logs} | filter LogLevel in ['Error', 'Critical'] | sort @timestamp desc | limit 50"
            )
        );
        return Fn.Sub(widgets.ToString());
    }

    private static string Links(FargateApplication application, IEnumerable<ServiceSpec> services)
    {
        // Where the model names no region, the console is that of most of them.
        var links = new ConsoleLinks(ConsoleLinks.PartitionOf(application.Region), "${AWS::Region}");
        var table = new StringBuilder($"| {application.Name} | | | [trace map]({links.TraceMap()}) |\n|-|-|-|-|\n");
        foreach (var service in services)
        {
            table
                .Append(
                    $"| **{service.Name}** | [tasks and deployments]({links.Service(application.Name, service.Name)}) | [logs]({links.LogGroup(application.LogGroupOf(service))}) | "
                )
                .Append(service.Telemetry == Telemetry.None ? "" : $"[traces]({links.Traces(service.Name)})")
                .Append(" |\n");
        }

        return table.ToString();
    }

    private static void AddTraffic(DashboardWidgets widgets, ServiceSpec service)
    {
        var groups = AlarmComposer.GroupsOf(service).ToList();
        // One of several is told by its group; a single one is what the title says.
        string Of(string group, string what) => groups.Count == 1 ? what : $"{what}, {group}";
        widgets.AddRow(
            DashboardWidgets.Metrics(
                $"{service.Name}: requests and errors",
                "Sum",
                groups.SelectMany(group =>
                    new[]
                    {
                        Target("RequestCount", group, label: Of(group, "requests")),
                        Target("HTTPCode_Target_5XX_Count", group, label: Of(group, "5xx")),
                        Target("HTTPCode_Target_4XX_Count", group, label: Of(group, "4xx")),
                    }
                )
            ),
            DashboardWidgets.Metrics(
                $"{service.Name}: seconds to answer",
                "p50",
                groups.SelectMany(group =>
                    new[] { "p50", "p90", "p99" }.Select(percentile =>
                        Target("TargetResponseTime", group, label: Of(group, percentile), statistic: percentile)
                    )
                )
            ),
            DashboardWidgets.Metrics(
                $"{service.Name}: targets",
                "Minimum",
                groups.SelectMany(group =>
                    new[]
                    {
                        Target("HealthyHostCount", group, label: Of(group, "healthy")),
                        Target("UnHealthyHostCount", group, label: Of(group, "unhealthy"), statistic: "Maximum"),
                    }
                )
            )
        );
    }

    /// <summary>
    /// CloudFront has its metrics in us-east-1:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html.
    /// </summary>
    private static void AddEdge(DashboardWidgets widgets) =>
        widgets.AddRow(
            DashboardWidgets.Metrics(
                "CloudFront: requests",
                "Sum",
                [OfEdge("Requests", "requests")],
                CloudFrontDistribution.CertificateRegion
            ),
            DashboardWidgets.Metrics(
                "CloudFront: percent of errors, those of the application too",
                "Average",
                [OfEdge("5xxErrorRate", "5xx"), OfEdge("4xxErrorRate", "4xx")],
                CloudFrontDistribution.CertificateRegion
            )
        );

    private static ChartLine OfEdge(string metric, string label) =>
        new(label, "AWS/CloudFront", metric, "DistributionId", $"${{{SharedIds.Distribution}}}", "Region", "Global");

    private static void AddTasks(DashboardWidgets widgets, FargateApplication application, List<ServiceSpec> services)
    {
        List<DashboardWidgets.Widget> row =
        [
            DashboardWidgets.Metrics(
                "CPU, percent",
                "Average",
                services.Select(service => OfService(application, "AWS/ECS", "CPUUtilization", service, service.Name))
            ),
            DashboardWidgets.Metrics(
                "memory, percent",
                "Average",
                services.Select(service => OfService(application, "AWS/ECS", "MemoryUtilization", service, service.Name))
            ),
        ];
        if (application.Insights is not null)
        {
            row.Add(
                DashboardWidgets.Metrics(
                    "tasks: running and desired",
                    "Average",
                    services.SelectMany(service =>
                        new[]
                        {
                            OfService(application, "ECS/ContainerInsights", "RunningTaskCount", service, $"{service.Name} running"),
                            OfService(application, "ECS/ContainerInsights", "DesiredTaskCount", service, $"{service.Name} desired"),
                        }
                    )
                )
            );
        }

        widgets.AddRow(row);
    }

    /// <summary>
    /// Spans as the log that Transaction Search makes of them; a widget on traces themselves is not in the documented structure of a
    /// dashboard.
    /// </summary>
    private static void AddTraces(DashboardWidgets widgets, FargateApplication application)
    {
        // One line a piece of work: a request, or a message.
        var work =
            $"SOURCE '{Spans}' | filter resource.attributes.service.namespace = '{application.Name}' and kind in ['SERVER', 'CONSUMER']";
        const string fields =
            "fields @timestamp, resource.attributes.service.name as service, name, durationNano / 1000000 as ms, attributes.http.response.status_code as status, traceId";
        widgets.AddRow(
            DashboardWidgets.Log(
                "traces that failed (needs Transaction Search)",
                $"{work} | filter status.code = 'ERROR' or attributes.http.response.status_code >= 500 | {fields} | sort @timestamp desc | limit 50"
            ),
            DashboardWidgets.Log("slowest traces (needs Transaction Search)", $"{work} | {fields} | sort ms desc | limit 50")
        );
    }

    private static ChartLine Target(string metric, string group, string label, string? statistic = null) =>
        new(
            label,
            "AWS/ApplicationELB",
            metric,
            "LoadBalancer",
            $"${{{SharedIds.LoadBalancer}.LoadBalancerFullName}}",
            "TargetGroup",
            $"${{{group}.TargetGroupFullName}}"
        )
        {
            Statistic = statistic,
        };

    private static ChartLine OfLoadBalancer(string metric, string label) =>
        new(label, "AWS/ApplicationELB", metric, "LoadBalancer", $"${{{SharedIds.LoadBalancer}.LoadBalancerFullName}}");

    private static ChartLine OfService(FargateApplication application, string space, string metric, ServiceSpec service, string label) =>
        new(label, space, metric, "ClusterName", application.Name, "ServiceName", service.Name);
}
