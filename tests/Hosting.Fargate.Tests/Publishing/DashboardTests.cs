using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What is on the dashboard, and what alarms say of slow answers.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task It_shows_traffic_tasks_queues_traces_and_errors()
    {
        var widgets = Widgets(await PublishAsync(_ => { }));

        Assert.Equal(
            [
                "text 24x5 |",
                "metric 8x6 api: requests and errors| RequestCount HTTPCode_Target_5XX_Count HTTPCode_Target_4XX_Count",
                "metric 8x6 api: seconds to answer| TargetResponseTime p50 TargetResponseTime p90 TargetResponseTime p99",
                "metric 8x6 api: targets| HealthyHostCount UnHealthyHostCount Maximum",
                "metric 24x6 errors that the load balancer makes itself| HTTPCode_ELB_502_Count HTTPCode_ELB_503_Count HTTPCode_ELB_504_Count",
                "metric 12x6 CPU, percent| CPUUtilization CPUUtilization",
                "metric 12x6 memory, percent| MemoryUtilization MemoryUtilization",
                "metric 8x6 jobs: waiting, in hand, dead letters| ApproximateNumberOfMessagesVisible ApproximateNumberOfMessagesNotVisible ApproximateNumberOfMessagesVisible",
                "metric 8x6 jobs: seconds that the oldest has waited| ApproximateAgeOfOldestMessage",
                "metric 8x6 jobs: sent and done| NumberOfMessagesSent NumberOfMessagesDeleted",
                "log 12x6 traces that failed (needs Transaction Search)|",
                "log 12x6 slowest traces (needs Transaction Search)|",
                "log 24x6 errors in the logs|",
            ],
            widgets.Select(Describe)
        );
    }

    [Fact]
    public async Task Widgets_do_not_overlap_and_fill_each_row()
    {
        var rows = Widgets(await PublishAsync(shop => shop.WithContainerInsights()))
            .GroupBy(widget => widget.GetProperty("y").GetInt32())
            .ToList();

        Assert.All(rows, row => Assert.Equal(24, row.Sum(widget => widget.GetProperty("width").GetInt32())));
        Assert.All(rows, row => Assert.Single(row.Select(widget => widget.GetProperty("height").GetInt32()).Distinct()));
        Assert.All(rows.Zip(rows.Skip(1)), pair =>
            Assert.Equal(pair.First.Key + pair.First.First().GetProperty("height").GetInt32(), pair.Second.Key)
        );
    }

    [Fact]
    public async Task Running_and_desired_tasks_are_on_it_where_Container_Insights_measure_them()
    {
        var widgets = Widgets(await PublishAsync(shop => shop.WithContainerInsights())).Select(Describe);

        Assert.Contains(
            "metric 8x6 tasks: running and desired| RunningTaskCount DesiredTaskCount RunningTaskCount DesiredTaskCount",
            widgets
        );
    }

    [Theory]
    [InlineData(Telemetry.CloudWatchAgent, true)]
    [InlineData(Telemetry.Collector, true)]
    [InlineData(Telemetry.Direct, true)]
    [InlineData(Telemetry.None, false)]
    public async Task Traces_are_on_it_where_something_sends_them(Telemetry telemetry, bool expected)
    {
        var queries = Widgets(await PublishAsync(shop => shop.WithTelemetry(telemetry)))
            .Where(widget => widget.GetProperty("type").GetString() == "log")
            .Select(widget => widget.GetProperty("properties").GetProperty("query").GetString()!)
            .ToList();

        Assert.Equal(
            expected ? 2 : 0,
            queries.Count(query =>
                query.StartsWith("SOURCE 'aws/spans' | filter resource.attributes.service.namespace = 'shop'", StringComparison.Ordinal)
            )
        );
        Assert.StartsWith(
            "SOURCE '/ecs/shop/api' | SOURCE '/ecs/shop/worker' | filter LogLevel in ['Error', 'Critical'] |",
            queries[^1],
            StringComparison.Ordinal
        );
    }

    /// <summary>A line as the services write it has the field that the query filters by.</summary>
    [Fact]
    public async Task The_page_of_errors_filters_the_field_that_the_lines_have()
    {
        var query = Widgets(await PublishAsync(_ => { }))
            .Where(widget => widget.GetProperty("type").GetString() == "log")
            .Select(widget => widget.GetProperty("properties").GetProperty("query").GetString()!)
            .Last();
        using var services = new ServiceCollection().AddLogging(logging => logging.AddJsonConsole()).BuildServiceProvider();
        var line = new StringWriter();
        services
            .GetServices<ConsoleFormatter>()
            .Single(formatter => formatter.Name == ConsoleFormatterNames.Json)
            .Write(new LogEntry<string>(LogLevel.Error, "api", default, "it failed", null, static (state, _) => state), null, line);
        var field = JsonElement
            .Parse(line.ToString())
            .EnumerateObject()
            .Single(property => property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() == "Error")
            .Name;

        Assert.Contains($"filter {field} in ['Error', 'Critical']", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_links_each_service_to_its_tasks_logs_and_traces()
    {
        var markdown = Widgets(await PublishAsync(_ => { }))[0].GetProperty("properties").GetProperty("markdown").GetString();

        Assert.Contains(
            "[logs](https://console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#logsV2:log-groups/log-group/$252Fecs$252Fshop$252Fworker)",
            markdown,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "[tasks and deployments](https://console.aws.amazon.com/ecs/v2/clusters/shop/services/api/health?region=${AWS::Region})",
            markdown,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "[traces](https://console.aws.amazon.com/xray/home?region=${AWS::Region}#/traces?filter=service%28%22api%22%29&timeRange=PT1H)",
            markdown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Both_groups_of_a_service_that_shifts_traffic_are_on_it_and_in_its_alarms()
    {
        var template = await PublishAsync(_ => { }, service => service.Deployment = DeploymentStrategy.BlueGreen());

        var traffic = Widgets(template)
            .Single(widget => Describe(widget).Contains("requests and errors", StringComparison.Ordinal))
            .GetRawText();
        Assert.Contains("${ApiTargetGroup.TargetGroupFullName}", traffic, StringComparison.Ordinal);
        Assert.Contains("${ApiGreenTargetGroup.TargetGroupFullName}", traffic, StringComparison.Ordinal);
        Assert.Equal(
            "IF((FILL(requests, 0) + FILL(requests_2, 0)) >= 20, MAX([FILL(p99, 0), FILL(p99_2, 0)]), 0)",
            ExpressionOf(template, "ApiSlowAlarm")
        );
        Assert.Equal(
            "IF((FILL(requests, 0) + FILL(requests_2, 0)) >= 20, 100 * (FILL(errors, 0) + FILL(errors_2, 0)) / (FILL(requests, 0) + FILL(requests_2, 0)), 0)",
            ExpressionOf(template, "ApiServerErrorsAlarm")
        );
    }

    [Fact]
    public async Task SlowAnswer_is_the_p99_of_an_alarm_that_few_requests_do_not_set_off()
    {
        var template = await PublishAsync(_ => { }, service => service.SlowAnswer = TimeSpan.FromSeconds(2));

        Assert.Equal(
            ("2", "GreaterThanThreshold", "5", "3"),
            (
                template.Property("ApiSlowAlarm", "Threshold"),
                template.Property("ApiSlowAlarm", "ComparisonOperator"),
                template.Property("ApiSlowAlarm", "EvaluationPeriods"),
                template.Property("ApiSlowAlarm", "DatapointsToAlarm")
            )
        );
        Assert.Equal("IF((FILL(requests, 0)) >= 20, FILL(p99, 0), 0)", ExpressionOf(template, "ApiSlowAlarm"));
        var p99 = template["ApiSlowAlarm"].Properties.At("Metrics").Maps().First();
        Assert.Equal(
            ("p99", "TargetResponseTime"),
            (p99.At("MetricStat", "Stat").Show(), p99.At("MetricStat", "Metric", "MetricName").Show())
        );

        Assert.Equal("5", (await PublishAsync(_ => { })).Property("ApiSlowAlarm", "Threshold"));
        Assert.False((await PublishAsync(_ => { }, service => service.SlowAnswer = null)).Contains("ApiSlowAlarm"));
    }

    private static string? ExpressionOf(Template template, string alarm) =>
        template[alarm].Properties.At("Metrics").Maps().Last().At("Expression").Show();

    private static string Describe(JsonElement widget)
    {
        var properties = widget.GetProperty("properties");
        var metrics = properties.TryGetProperty("metrics", out var rows)
            ? rows.EnumerateArray()
                .Select(row =>
                    " "
                    + row[1]
                    + (
                        row.EnumerateArray().Last() is { ValueKind: JsonValueKind.Object } options
                        && options.TryGetProperty("stat", out var stat)
                            ? " " + stat
                            : ""
                    )
                )
            : [];
        return $"{widget.GetProperty("type")} {widget.GetProperty("width")}x{widget.GetProperty("height")} {(properties.TryGetProperty("title", out var title) ? title : "")}|{string.Concat(metrics)}";
    }

    private static List<JsonElement> Widgets(Template template)
    {
        var body = template["Dashboard"].Properties.At("DashboardBody").ComposedText(name => $"${{{name}}}");
        return [.. JsonElement.Parse(body!).GetProperty("widgets").EnumerateArray()];
    }

    private static async Task<Template> PublishAsync(
        Action<IResourceBuilder<FargateEnvironmentResource>> configure,
        Action<FargateService>? service = null
    ) =>
        (
            await Published.ModelAsync(builder =>
            {
                configure(builder.AddFargateEnvironment("shop"));
                var jobs = builder.AddSqsQueue("jobs");
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .WithReference(jobs, QueueAccess.Send)
                    .PublishAsFargateService(service ?? (_ => { }));
                builder.AddWorker("worker").WithReference(jobs, QueueAccess.Consume);
            })
        ).Template();
}
