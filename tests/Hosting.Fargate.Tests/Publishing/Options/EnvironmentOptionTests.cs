using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class EnvironmentOptionTests
{
    [Theory]
    [InlineData(ContainerInsights.Enabled, "enabled")]
    [InlineData(ContainerInsights.Enhanced, "enhanced")]
    public async Task Container_Insights_are_the_clusters_and_bring_the_alarm_on_missing_tasks(ContainerInsights insights, string expected)
    {
        var template = (await PublishAsync(shop => shop.WithContainerInsights(insights))).Template();

        Assert.Equal($"[{{Name: containerInsights, Value: {expected}}}]", template.Property("Cluster", "ClusterSettings"));
        Assert.True(template.Contains("ApiBelowDesiredAlarm"));
    }

    [Fact]
    public async Task The_collector_is_a_sidecar_with_a_health_check()
    {
        var template = (await PublishAsync(shop => shop.WithTelemetry(Telemetry.Collector))).Template();

        Assert.Equal(
            ["api", "data-protection-keys", "otel-collector"],
            template.Containers("api").Select(container => container.At("Name").Show())
        );
        Assert.StartsWith(
            "{Command: [CMD, /healthcheck]",
            template.Container("api", "otel-collector").At("HealthCheck").Show(),
            StringComparison.Ordinal
        );
        Assert.Equal("grpc", template.Variable("api", "OTEL_EXPORTER_OTLP_PROTOCOL"));
    }

    /// <summary>
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-OpenTelemetry-config-applications.html: by OTLP logs
    /// would go to a group of the agent's own.
    /// </summary>
    [Theory]
    [InlineData(Telemetry.CloudWatchAgent)]
    [InlineData(Telemetry.Collector)]
    [InlineData(Telemetry.Direct)]
    public async Task Logs_go_by_what_containers_print_and_no_other_way(Telemetry telemetry)
    {
        var template = (await PublishAsync(shop => shop.WithTelemetry(telemetry))).Template();

        Assert.Equal("none", template.Variable("api", "OTEL_LOGS_EXPORTER"));
        Assert.Null(template.Variable("api", "OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.Null(template.Variable("api", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"));
        Assert.NotNull(template.Variable("api", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
        Assert.NotNull(template.Variable("api", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"));
        Assert.DoesNotContain(
            "application-signals",
            string.Concat(template.Statements("ApiTaskRole").Select(statement => statement.Show())),
            StringComparison.Ordinal
        );
    }

    /// <summary>https://github.com/aws-observability/aws-otel-collector/blob/main/config/ecs/ecs-default-config.yaml</summary>
    [Fact]
    public async Task The_collectors_metrics_go_to_the_log_group_of_its_configuration()
    {
        var template = (await PublishAsync(shop => shop.WithTelemetry(Telemetry.Collector))).Template();

        Assert.Contains(
            "log-group:/aws/ecs/application/metrics:*",
            template.Statement("ApiTaskRole", "SendMetrics").At("Resource").Show(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "[xray:PutTraceSegments, xray:PutTelemetryRecords]",
            template.Statement("ApiTaskRole", "SendTelemetry").At("Action").Show()
        );
    }

    [Fact]
    public async Task Direct_export_has_no_sidecar_and_an_address_for_each_signal()
    {
        var template = (await PublishAsync(shop => shop.WithTelemetry(Telemetry.Direct))).Template();

        Assert.Equal(["api", "data-protection-keys"], template.Containers("api").Select(container => container.At("Name").Show()));
        Assert.Equal("256", template.Property("ApiTaskDefinition", "Cpu"));
        Assert.Equal(
            "Sub https://xray.${AWS::Region}.${AWS::URLSuffix}/v1/traces",
            template.Variable("api", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        );
        Assert.Equal(
            "[xray:PutTraceSegments, xray:PutSpans, xray:PutSpansForIndexing, cloudwatch:PutMetricData]",
            template.Statement("ApiTaskRole", "SendTelemetry").At("Action").Show()
        );
    }

    [Fact]
    public async Task Without_telemetry_there_is_nothing_of_it()
    {
        var template = (await PublishAsync(shop => shop.WithTelemetry(Telemetry.None))).Template();

        Assert.Equal(["api", "data-protection-keys"], template.Containers("api").Select(container => container.At("Name").Show()));
        Assert.DoesNotContain(template.Container("api").At("Environment").Maps(), variable =>
            variable.At("Name").AsText()!.StartsWith("OTEL_EXPORTER", StringComparison.Ordinal)
        );
        Assert.Null(template.Statement("ApiTaskRole", "SendTelemetry"));
    }

    [Fact]
    public async Task Telemetrys_image_may_be_a_copy_and_a_service_may_choose_its_own_way()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder
                    .AddFargateEnvironment("shop")
                    .WithTelemetry(Telemetry.CloudWatchAgent, "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:1");
                builder.AddWorker("worker");
                builder.AddWorker("own").PublishAsFargateService(service => service.Telemetry = Telemetry.None);
            })
        ).Template();

        Assert.Equal(
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:1",
            template.Container("worker", "cloudwatch-agent").At("Image").Show()
        );
        Assert.Contains(
            "repository/agent",
            template.Statement("WorkerExecutionRole", "PullImage").At("Resource").Show(),
            StringComparison.Ordinal
        );
        Assert.Equal(["own"], template.Containers("own").Select(container => container.At("Name").Show()));
    }

    [Fact]
    public async Task A_container_sends_telemetry_where_the_model_says_so()
    {
        var template = (await Published.ModelAsync(builder => builder.AddContainer("go", "go-service", "1").WithOtlpExporter())).Template();

        Assert.Equal(["go", "cloudwatch-agent"], template.Containers("go").Select(container => container.At("Name").Show()));
        Assert.Equal("http://127.0.0.1:4317", template.Variable("go", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
    }

    [Fact]
    public async Task An_alarm_topic_is_told_of_alarms_and_of_their_end()
    {
        const string topic = "arn:aws:sns:eu-west-1:123456789012:on-call";
        var template = (await PublishAsync(shop => shop.WithAlarmTopic(topic))).Template();

        Assert.All(template.OfType("AWS::CloudWatch::Alarm"), alarm =>
        {
            Assert.Equal($"[{topic}]", alarm.Properties.At("AlarmActions").Show());
            Assert.Equal($"[{topic}]", alarm.Properties.At("OKActions").Show());
        });
        Assert.Null((await PublishAsync(_ => { })).Template().Property("ApiServerErrorsAlarm", "AlarmActions"));
    }

    [Fact]
    public async Task Without_alarms_there_is_none_and_no_deployment_waits_for_one()
    {
        var template = (await PublishAsync(shop => shop.WithoutAlarms())).Template();

        Assert.Empty(template.OfType("AWS::CloudWatch::Alarm"));
        Assert.Equal(
            "{Enable: false, Rollback: false, AlarmNames: []}",
            template.Property("ApiService", "DeploymentConfiguration", "Alarms")
        );
    }

    [Fact]
    public async Task Without_alarms_a_worker_is_still_woken()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithoutAlarms();
                var jobs = builder.AddSqsQueue("jobs");
                builder
                    .AddWorker("worker")
                    .WithReference(jobs, QueueAccess.Consume)
                    .PublishAsFargateService(service => service.Scale(0, 5).OnBacklog(jobs, 10));
            })
        ).Template();

        Assert.Equal(["WorkerWakeAlarm"], template.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Id));
    }

    [Fact]
    public async Task A_permissions_boundary_is_that_of_every_role()
    {
        const string boundary = "arn:aws:iam::123456789012:policy/boundary";
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithPermissionsBoundary(boundary).WithPrivateTasks();
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.Deployment = DeploymentStrategy.BlueGreen());
                builder.AddWorker("worker").PublishAsFargateService(service => service.Capacity = Capacity.ManagedInstances);
                builder.AddWorker("nightly").PublishAsFargateTask(task => task.OnSchedule("rate(1 day)"));
            })
        ).Template();

        Assert.Equal(10, template.OfType("AWS::IAM::Role").Count());
        Assert.All(template.OfType("AWS::IAM::Role"), role => Assert.Equal(boundary, role.Properties.At("PermissionsBoundary").Show()));
    }

    [Fact]
    public async Task A_tag_is_on_both_stacks()
    {
        var published = await PublishAsync(shop => shop.WithTag("cost-center", "4711"));

        Assert.Equal("4711", published.Template().Tags("Cluster")["cost-center"]);
        Assert.Equal("4711", published.Templates.Foundation.Tags("ApiRepository")["cost-center"]);
    }

    [Fact]
    public async Task ConfigureTemplate_changes_each_template_before_it_is_checked_and_written()
    {
        var seen = new List<string>();
        var published = await PublishAsync(shop =>
            shop.ConfigureTemplate(template =>
            {
                seen.Add(template.StackName);
                if (template.StackName == "shop")
                {
                    template["ApiService"].Properties["DesiredCount"] = 9;
                    template.Add(new TemplateResource("Topic", "AWS::SNS::Topic"));
                }
            })
        );

        Assert.Equal(["shop", "shop-foundation"], seen.Order());
        Assert.Equal(9, published.Template().Service("api").At("DesiredCount").AsInt());
        Assert.Contains("AWS::SNS::Topic", published.File("shop.template.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ConfigureTemplate_breaks_is_refused()
    {
        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            PublishAsync(shop =>
                shop.ConfigureTemplate(template =>
                {
                    if (template.StackName == "shop")
                    {
                        template.Remove("ApiTargetGroup");
                    }
                })
            )
        );

        Assert.Contains("AWS would refuse what is published", exception.Message, StringComparison.Ordinal);
        Assert.Contains("refers to 'ApiTargetGroup'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithNestedStacks_gives_each_service_a_stack_of_its_own()
    {
        var published = await PublishAsync(shop => shop.WithNestedStacks());

        Assert.NotEmpty(published.Templates.Nested);
        Assert.NotEmpty(published.Template().OfType("AWS::CloudFormation::Stack"));
        Assert.Empty((await PublishAsync(_ => { })).Templates.Nested);
    }

    [Fact]
    public async Task What_is_no_ARN_number_or_key_is_refused_where_it_is_said()
    {
        await PublishAsync(shop =>
        {
            Assert.Contains(
                "an SNS topic, such as",
                Assert.Throws<ArgumentException>(() => shop.WithAlarmTopic("on-call")).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "a managed policy, such as",
                Assert.Throws<ArgumentException>(() => shop.WithPermissionsBoundary("boundary")).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "does not begin with aws:",
                Assert.Throws<ArgumentException>(() => shop.WithTag("AWS:x", "y")).Message,
                StringComparison.Ordinal
            );
            Assert.Equal("minVCpus", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithManagedInstances(minVCpus: 0)).ParamName);
            Assert.Equal(
                "minMemoryMiB",
                Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithManagedInstances(minMemoryMiB: 0)).ParamName
            );
            Assert.Equal(
                "maxVCpus",
                Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithManagedInstances(minVCpus: 4, maxVCpus: 2)).ParamName
            );
        });
    }

    private static Task<Publication> PublishAsync(Action<IResourceBuilder<FargateEnvironmentResource>> configure) =>
        Published.ModelAsync(builder =>
        {
            configure(builder.AddFargateEnvironment("shop"));
            builder.AddWeb("api").WithExternalHttpEndpoints();
        });
}
