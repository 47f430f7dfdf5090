using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>The defaults, on a model that sets nothing: an external api that a worker calls, a queue between them, a cache alone.</summary>
public sealed class DefaultsTests
{
    [Fact]
    public async Task Two_zones_with_tasks_in_public_subnets_and_no_NAT_gateway()
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal(["PublicSubnetA", "PublicSubnetB"], template.OfType("AWS::EC2::Subnet").Select(subnet => subnet.Id));
        Assert.Empty(template.OfType("AWS::EC2::NatGateway"));
        Assert.Equal(
            "{AssignPublicIp: ENABLED, Subnets: [Ref PublicSubnetA, Ref PublicSubnetB], SecurityGroups: [GetAtt ApiSecurityGroup.GroupId]}",
            template.Property("ApiService", "NetworkConfiguration", "AwsvpcConfiguration")
        );
        Assert.Contains("PublicRoute", template["WorkerService"].DependsOn);
        Assert.Contains("PublicSubnetARoutes", template["WorkerService"].DependsOn);
        Assert.Contains("PublicSubnetBRoutes", template["WorkerService"].DependsOn);
    }

    [Fact]
    public async Task Plain_HTTP_with_a_warning()
    {
        var published = await PublishAsync();

        Assert.Equal(
            ["HttpListener"],
            published.Template().OfType("AWS::ElasticLoadBalancingV2::Listener").Select(listener => listener.Id)
        );
        Assert.Contains(published.Application.Notices, notice =>
            notice is { Resource: null, IsWarning: true } && notice.Text.Contains("plain HTTP", StringComparison.Ordinal)
        );
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", published.Template().Outputs.At("Url", "Value").Show());
    }

    [Theory]
    [InlineData("api", "512", "1024")]
    [InlineData("worker", "512", "1024")]
    [InlineData("cache", "256", "512")]
    public async Task Sizes_by_what_rides_along(string service, string cpu, string memory)
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal(cpu, template.Property($"{Application.Names.Id(service)}TaskDefinition", "Cpu"));
        Assert.Equal(memory, template.Property($"{Application.Names.Id(service)}TaskDefinition", "Memory"));
    }

    [Fact]
    public async Task Every_container_has_a_hard_limit_and_all_fit_into_their_task()
    {
        var template = (await PublishAsync()).Template();

        foreach (var definition in template.OfType("AWS::ECS::TaskDefinition"))
        {
            var limits = definition
                .Properties.At("ContainerDefinitions")
                .Maps()
                .Select(container => container.At("Memory").AsInt())
                .ToList();
            Assert.All(limits, limit => Assert.NotNull(limit));
            Assert.True(limits.Sum() <= definition.Properties.At("Memory").AsInt());
            Assert.All(definition.Properties.At("ContainerDefinitions").Maps(), container =>
                Assert.Null(container.At("MemoryReservation"))
            );
        }
    }

    [Fact]
    public async Task Two_tasks_for_an_external_service_and_one_for_another()
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal(2, template.Service("api").At("DesiredCount").AsInt());
        Assert.Equal(1, template.Service("worker").At("DesiredCount").AsInt());
        Assert.Equal(1, template.Service("cache").At("DesiredCount").AsInt());
    }

    [Fact]
    public async Task A_capacity_provider_strategy_and_never_a_launch_type()
    {
        var template = (await PublishAsync()).Template();

        Assert.All(template.OfType("AWS::ECS::Service"), service =>
        {
            Assert.Equal("[{CapacityProvider: FARGATE, Weight: 1}]", service.Properties.At("CapacityProviderStrategy").Show());
            Assert.Null(service.Properties.At("LaunchType"));
            Assert.Contains("ClusterCapacityProviders", service.DependsOn);
        });
        Assert.Equal("[FARGATE, FARGATE_SPOT]", template.Property("ClusterCapacityProviders", "CapacityProviders"));
    }

    [Fact]
    public async Task Rolling_with_circuit_breaker_rollback_and_the_alarm_on_5xx()
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal(
            "{Strategy: ROLLING, MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: {Enable: true, Rollback: true}, "
                + "Alarms: {Enable: true, Rollback: true, AlarmNames: [Ref ApiServerErrorsAlarm, Ref LoadBalancerErrorsAlarm]}}",
            template.Service("api").At("DeploymentConfiguration").Show()
        );
        Assert.Equal(
            "{Enable: false, Rollback: false, AlarmNames: []}",
            template.Service("worker").At("DeploymentConfiguration", "Alarms").Show()
        );
    }

    [Fact]
    public async Task A_health_check_every_ten_seconds_two_to_pass_three_to_fail_a_minute_of_grace_half_a_minute_to_drain()
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal("10", template.Property("ApiTargetGroup", "HealthCheckIntervalSeconds"));
        Assert.Equal("5", template.Property("ApiTargetGroup", "HealthCheckTimeoutSeconds"));
        Assert.Equal("2", template.Property("ApiTargetGroup", "HealthyThresholdCount"));
        Assert.Equal("3", template.Property("ApiTargetGroup", "UnhealthyThresholdCount"));
        Assert.Equal(60, template.Service("api").At("HealthCheckGracePeriodSeconds").AsInt());
        Assert.StartsWith(
            "[{Key: deregistration_delay.timeout_seconds, Value: 30}, ",
            template.Property("ApiTargetGroup", "TargetGroupAttributes"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Task_definitions_stay_when_they_are_replaced()
    {
        var template = (await PublishAsync()).Template();

        Assert.All(template.OfType("AWS::ECS::TaskDefinition"), definition =>
            Assert.Equal(("Delete", "Retain"), (definition.DeletionPolicy, definition.UpdateReplacePolicy))
        );
    }

    [Fact]
    public async Task A_log_group_a_service_for_thirty_days()
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal(
            ["/ecs/shop/api 30", "/ecs/shop/worker 30", "/ecs/shop/cache 30"],
            template
                .OfType("AWS::Logs::LogGroup")
                .Select(group => $"{group.Properties.At("LogGroupName").Show()} {group.Properties.At("RetentionInDays").Show()}")
        );
        Assert.Equal(
            "{LogDriver: awslogs, Options: {awslogs-group: Ref ApiLogGroup, awslogs-region: Ref AWS::Region, awslogs-stream-prefix: api, mode: non-blocking, max-buffer-size: 10m}}",
            template.Container("api").At("LogConfiguration").Show()
        );
    }

    [Fact]
    public async Task Roles_hold_what_references_need_and_a_star_only_with_its_reason()
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal(
            ["JobsQueue", "ProtectTask", "SendTelemetry"],
            template.Statements("WorkerTaskRole").Select(statement => statement.At("Sid").Show())
        );
        Assert.Empty(template.Statements("CacheTaskRole"));
        foreach (
            var statement in template
                .OfType("AWS::IAM::Role")
                .SelectMany(role => template.Statements(role.Id))
                .Where(statement => statement.At("Resource").Texts(_ => "?").Contains("*"))
        )
        {
            Assert.Contains("AWS knows no resource for these actions", statement.Comment, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Telemetry_by_an_agent_beside_a_project_that_is_restarted_and_never_ends_the_task()
    {
        var template = (await PublishAsync()).Template();

        var agent = template.Container("api", "cloudwatch-agent");
        Assert.Equal("false", agent.At("Essential").Show());
        Assert.Equal("{Enabled: true, RestartAttemptPeriod: 60}", agent.At("RestartPolicy").Show());
        Assert.Equal("http://127.0.0.1:4317", template.Variable("api", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
        Assert.Equal("api", template.Variable("api", "OTEL_SERVICE_NAME"));
        Assert.Equal("service.namespace=shop,deployment.environment.name=Production", template.Variable("api", "OTEL_RESOURCE_ATTRIBUTES"));
        Assert.Equal(
            "[{ContainerName: data-protection-keys, Condition: SUCCESS}, {ContainerName: cloudwatch-agent, Condition: START}]",
            template.Container("api").At("DependsOn").Show()
        );
        Assert.Equal(["cache"], template.Containers("cache").Select(container => container.At("Name").Show()));
    }

    [Fact]
    public async Task Alarms_for_load_balancer_and_queues_and_one_dashboard()
    {
        var template = (await PublishAsync()).Template();

        Assert.Equal(
            [
                "ApiServerErrorsAlarm",
                "ApiSlowAlarm",
                "ApiUnhealthyTargetsAlarm",
                "LoadBalancerErrorsAlarm",
                "JobsDeadLettersAlarm",
                "JobsAgeAlarm",
            ],
            template.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Id)
        );
        Assert.Single(template.OfType("AWS::CloudWatch::Dashboard"));
    }

    [Fact]
    public async Task Container_Insights_only_where_scaling_by_backlog_needs_it()
    {
        var without = await PublishAsync();
        var with = await Published.ModelAsync(builder =>
        {
            var jobs = builder.AddSqsQueue("jobs");
            builder
                .AddWorker("worker")
                .WithReference(jobs, QueueAccess.Consume)
                .PublishAsFargateService(service => service.Scale(1, 5).OnBacklog(jobs, 10));
        });

        Assert.Equal("[{Name: containerInsights, Value: disabled}]", without.Template().Property("Cluster", "ClusterSettings"));
        Assert.Equal("[{Name: containerInsights, Value: enabled}]", with.Template().Property("Cluster", "ClusterSettings"));
        Assert.Contains("turns Container Insights on", with.Notices("worker"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_says_its_application_environment_and_resource()
    {
        var published = await PublishAsync();

        Assert.Equal(("shop", "Production", "api"), TagsOf(published.Template(), "ApiService"));
        Assert.Equal(("shop", "Production", "jobs"), TagsOf(published.Templates.Foundation, "JobsQueue"));
        Assert.Equal(("shop", "Production", null), TagsOf(published.Template(), "Vpc"));
        Assert.Equal("SERVICE", published.Template().Service("api").At("PropagateTags").Show());

        static (string?, string?, string?) TagsOf(Template template, string id)
        {
            var tags = template.Tags(id);
            return (tags["aspire:application"], tags["aspire:environment"], tags.GetValueOrDefault("aspire:resource"));
        }
    }

    private static Task<Publication> PublishAsync() =>
        Published.ModelAsync(builder =>
        {
            var jobs = builder.AddSqsQueue("jobs");
            var api = builder.AddWeb("api").WithExternalHttpEndpoints().WithReference(jobs, QueueAccess.Send);
            builder.AddWorker("worker").WithReference(jobs, QueueAccess.Consume).WithReference(api);
            builder.AddContainer("cache", "redis", "8");
        });
}
