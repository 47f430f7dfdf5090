using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class ScalingTests
{
    [Fact]
    public async Task A_range_is_the_scalable_target_and_no_desired_count_beside_it()
    {
        var template = await PublishAsync(service => service.Scale(2, 9));

        Assert.Equal(
            ("2", "9"),
            (template.Property("ApiScalableTarget", "MinCapacity"), template.Property("ApiScalableTarget", "MaxCapacity"))
        );
        Assert.Equal("Sub service/${Cluster}/${ApiService.Name}", template.Property("ApiScalableTarget", "ResourceId"));
        Assert.Null(template.Service("api").At("DesiredCount"));
    }

    [Fact]
    public async Task By_nothing_is_by_CPU_at_60_percent()
    {
        var template = await PublishAsync(service => service.Scale(2, 9));

        Assert.Equal(["ApiCpuScaling"], template.OfType("AWS::ApplicationAutoScaling::ScalingPolicy").Select(policy => policy.Id));
        Assert.Equal(
            "{TargetValue: 60, ScaleInCooldown: 300, ScaleOutCooldown: 60, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}",
            template.Property("ApiCpuScaling", "TargetTrackingScalingPolicyConfiguration")
        );
    }

    [Fact]
    public async Task By_CPU_memory_and_requests_is_a_policy_each()
    {
        var template = await PublishAsync(service => service.Scale(2, 9).OnCpu(45.5).OnMemory(80).OnRequests(1000));

        Assert.Equal("45.5", template.Property("ApiCpuScaling", "TargetTrackingScalingPolicyConfiguration", "TargetValue"));
        Assert.Equal("80", template.Property("ApiMemoryScaling", "TargetTrackingScalingPolicyConfiguration", "TargetValue"));
        Assert.Equal(
            "{PredefinedMetricType: ECSServiceAverageMemoryUtilization}",
            template.Property("ApiMemoryScaling", "TargetTrackingScalingPolicyConfiguration", "PredefinedMetricSpecification")
        );
        Assert.Equal("1000", template.Property("ApiRequestScaling", "TargetTrackingScalingPolicyConfiguration", "TargetValue"));
        Assert.Equal(
            "{PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: Sub ${LoadBalancer.LoadBalancerFullName}/${ApiTargetGroup.TargetGroupFullName}}",
            template.Property("ApiRequestScaling", "TargetTrackingScalingPolicyConfiguration", "PredefinedMetricSpecification")
        );
    }

    [Fact]
    public async Task By_requests_of_a_service_that_shifts_traffic_is_over_both_target_groups()
    {
        var template = await PublishAsync(service =>
        {
            service.Deployment = DeploymentStrategy.BlueGreen();
            service.Scale(2, 9).OnRequests(1000);
        });

        var metrics = template["ApiRequestScaling"]
            .Properties.At("TargetTrackingScalingPolicyConfiguration", "CustomizedMetricSpecification", "Metrics")
            .Maps()
            .ToList();
        Assert.Equal("FILL(blue, 0) + FILL(green, 0)", metrics[2].At("Expression").Show());
        Assert.Contains("GetAtt ApiGreenTargetGroup.TargetGroupFullName", metrics[1].Show(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_backlog_is_messages_for_each_running_task()
    {
        var template = await PublishWorkerAsync((service, jobs) => service.Scale(1, 5).OnBacklog(jobs, 7.5));

        var configuration = template["WorkerBacklogScaling"].Properties.At("TargetTrackingScalingPolicyConfiguration");
        Assert.Equal("7.5", configuration.At("TargetValue").Show());
        var metrics = configuration.At("CustomizedMetricSpecification", "Metrics").Maps().ToList();
        Assert.Equal("(FILL(waiting, 0) + FILL(inhand, 0)) / IF(FILL(running, 0) > 0, running, 1)", metrics[^1].At("Expression").Show());
        Assert.Equal("[{Name: QueueName, Value: Ref JobsQueueName}]", metrics[0].At("MetricStat", "Metric", "Dimensions").Show());
        Assert.All(metrics, metric => Assert.Null(metric.At("MetricStat", "Period")));
        Assert.False(template.Contains("WorkerWakeScaling"));
    }

    [Fact]
    public async Task From_zero_a_waiting_message_starts_a_task()
    {
        var template = await PublishWorkerAsync((service, jobs) => service.Scale(0, 5).OnBacklog(jobs, 10));

        Assert.Equal("0", template.Property("WorkerScalableTarget", "MinCapacity"));
        Assert.Equal(
            "[{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]",
            template.Property("WorkerWakeScaling", "StepScalingPolicyConfiguration", "StepAdjustments")
        );
        Assert.Equal("[Ref WorkerWakeScaling]", template.Property("WorkerWakeAlarm", "AlarmActions"));
        Assert.Equal(
            ("2", "2"),
            (template.Property("WorkerWakeAlarm", "EvaluationPeriods"), template.Property("WorkerWakeAlarm", "DatapointsToAlarm"))
        );
        Assert.Equal(
            "IF(FILL(running, 0) < 1, waiting, 0)",
            template["WorkerWakeAlarm"].Properties.At("Metrics").Maps().Last().At("Expression").Show()
        );
        Assert.False(template.Contains("WorkerBelowDesiredAlarm"));
    }

    [Fact]
    public async Task By_the_clock_the_range_moves()
    {
        var template = await PublishAsync(service =>
            service.Scale(2, 9).OnSchedule("cron(0 7 * * ? *)", 4, 20, "Europe/Berlin").OnSchedule("cron(0 19 * * ? *)", 0, 0)
        );

        Assert.Equal(
            "[{ScheduledActionName: api-1, Schedule: cron(0 7 * * ? *), Timezone: Europe/Berlin, ScalableTargetAction: {MinCapacity: 4, MaxCapacity: 20}}, "
                + "{ScheduledActionName: api-2, Schedule: cron(0 19 * * ? *), Timezone: UTC, ScalableTargetAction: {MinCapacity: 0, MaxCapacity: 0}}]",
            template.Property("ApiScalableTarget", "ScheduledActions")
        );
    }

    [Fact]
    public async Task Numbers_that_make_no_sense_are_refused_where_they_are_said()
    {
        await PublishAsync(service =>
        {
            Assert.Equal("minimum", Assert.Throws<ArgumentOutOfRangeException>(() => service.Scale(-1, 2)).ParamName);
            Assert.Equal("maximum", Assert.Throws<ArgumentOutOfRangeException>(() => service.Scale(3, 2)).ParamName);
            Assert.Equal("maximum", Assert.Throws<ArgumentOutOfRangeException>(() => service.Scale(0, 0)).ParamName);
            var scaling = service.Scale(1, 2);
            Assert.Contains(
                "above 0 and at most 100",
                Assert.Throws<ArgumentOutOfRangeException>(() => scaling.OnCpu(0)).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "above 0 and at most 100",
                Assert.Throws<ArgumentOutOfRangeException>(() => scaling.OnMemory(101)).Message,
                StringComparison.Ordinal
            );
            Assert.Equal("perTargetAndMinute", Assert.Throws<ArgumentOutOfRangeException>(() => scaling.OnRequests(0)).ParamName);
            Assert.Equal("minimum", Assert.Throws<ArgumentOutOfRangeException>(() => scaling.OnSchedule("rate(1 day)", -1, 1)).ParamName);
            Assert.Equal("maximum", Assert.Throws<ArgumentOutOfRangeException>(() => scaling.OnSchedule("rate(1 day)", 2, 1)).ParamName);
        });
    }

    private static async Task<Template> PublishAsync(Action<FargateService> configure) =>
        (
            await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(configure))
        ).Template();

    private static async Task<Template> PublishWorkerAsync(Action<FargateService, IResourceBuilder<SqsQueueResource>> configure) =>
        (
            await Published.ModelAsync(builder =>
            {
                var jobs = builder.AddSqsQueue("jobs");
                builder
                    .AddWorker("worker")
                    .WithReference(jobs, QueueAccess.Consume)
                    .PublishAsFargateService(service => configure(service, jobs));
            })
        ).Template();
}
