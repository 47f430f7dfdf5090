using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class DeploymentTests
{
    [Fact]
    public async Task Rolling_has_its_percentages_and_the_circuit_breaker()
    {
        var template = await PublishAsync(service => service.Deployment = DeploymentStrategy.Rolling(50, 150));

        Assert.Equal("50", template.Property("ApiService", "DeploymentConfiguration", "MinimumHealthyPercent"));
        Assert.Equal("150", template.Property("ApiService", "DeploymentConfiguration", "MaximumPercent"));
        Assert.Equal(
            "{Enable: true, Rollback: true}",
            template.Property("ApiService", "DeploymentConfiguration", "DeploymentCircuitBreaker")
        );
        Assert.Equal("ENABLED", template.Property("ApiService", "AvailabilityZoneRebalancing"));
    }

    [Fact]
    public async Task BlueGreen_has_two_target_groups_a_rule_over_both_and_a_role()
    {
        var template = await PublishAsync(service => service.Deployment = DeploymentStrategy.BlueGreen(TimeSpan.FromMinutes(15)));

        var configuration = template.Service("api").At("DeploymentConfiguration");
        Assert.Equal(("BLUE_GREEN", "15"), (configuration.At("Strategy").Show(), configuration.At("BakeTimeInMinutes").Show()));
        Assert.Null(configuration.At("DeploymentCircuitBreaker"));
        Assert.Equal(
            ["ApiTargetGroup", "ApiGreenTargetGroup"],
            template.OfType("AWS::ElasticLoadBalancingV2::TargetGroup").Select(group => group.Id)
        );
        Assert.Equal(
            "{AlternateTargetGroupArn: Ref ApiGreenTargetGroup, ProductionListenerRule: Ref ApiListenerRule, RoleArn: GetAtt ApiTrafficRole.Arn}",
            template.Service("api").At("LoadBalancers").Maps().Single().At("AdvancedConfiguration").Show()
        );
        Assert.Equal(
            "[{Type: forward, ForwardConfig: {TargetGroups: [{TargetGroupArn: Ref ApiTargetGroup, Weight: 1}, {TargetGroupArn: Ref ApiGreenTargetGroup, Weight: 0}]}}]",
            template.Property("ApiListenerRule", "Actions")
        );
        Assert.Equal(
            "[Sub arn:${AWS::Partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers]",
            template.Property("ApiTrafficRole", "ManagedPolicyArns")
        );
        Assert.True(template.Contains("ApiGreenUnhealthyTargetsAlarm"));
    }

    [Fact]
    public async Task Canary_has_its_first_share()
    {
        var template = await PublishAsync(service =>
            service.Deployment = DeploymentStrategy.Canary(5.5, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(3))
        );

        Assert.Equal("CANARY", template.Property("ApiService", "DeploymentConfiguration", "Strategy"));
        Assert.Equal(
            "{CanaryPercent: 5.5, CanaryBakeTimeInMinutes: 20}",
            template.Property("ApiService", "DeploymentConfiguration", "CanaryConfiguration")
        );
        Assert.Equal("3", template.Property("ApiService", "DeploymentConfiguration", "BakeTimeInMinutes"));
    }

    [Fact]
    public async Task Linear_has_its_steps()
    {
        var template = await PublishAsync(service => service.Deployment = DeploymentStrategy.Linear(25, TimeSpan.FromMinutes(2)));

        Assert.Equal("LINEAR", template.Property("ApiService", "DeploymentConfiguration", "Strategy"));
        Assert.Equal(
            "{StepPercent: 25, StepBakeTimeInMinutes: 2}",
            template.Property("ApiService", "DeploymentConfiguration", "LinearConfiguration")
        );
        Assert.Equal("5", template.Property("ApiService", "DeploymentConfiguration", "BakeTimeInMinutes"));
    }

    [Fact]
    public async Task RollBackOnAlarm_is_the_alarm_of_the_deployment()
    {
        Assert.Equal(
            "[Ref ApiServerErrorsAlarm, Ref LoadBalancerErrorsAlarm]",
            (await PublishAsync(_ => { })).Property("ApiService", "DeploymentConfiguration", "Alarms", "AlarmNames")
        );
        Assert.Equal(
            "false",
            (await PublishAsync(service => service.RollBackOnAlarm = false)).Property(
                "ApiService",
                "DeploymentConfiguration",
                "Alarms",
                "Enable"
            )
        );
    }

    [Fact]
    public async Task EnableExec_opens_a_channel_and_no_more()
    {
        var template = await PublishAsync(service => service.EnableExec = true);

        Assert.Equal("true", template.Property("ApiService", "EnableExecuteCommand"));
        Assert.StartsWith("[ssmmessages:", template.Statement("ApiTaskRole", "OpenShell").At("Action").Show(), StringComparison.Ordinal);
        Assert.Null((await PublishAsync(_ => { })).Statement("ApiTaskRole", "OpenShell"));
    }

    [Fact]
    public async Task DeregistrationDelay_is_the_target_groups()
    {
        var template = await PublishAsync(service => service.DeregistrationDelay = TimeSpan.FromMinutes(2));

        Assert.StartsWith(
            "[{Key: deregistration_delay.timeout_seconds, Value: 120}, ",
            template.Property("ApiTargetGroup", "TargetGroupAttributes"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Numbers_that_ECS_does_not_take_are_refused()
    {
        Assert.Contains(
            "no task could ever be replaced",
            Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.Rolling(100, 100)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("minimumHealthyPercent", Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.Rolling(-1)).ParamName);
        Assert.Equal("minimumHealthyPercent", Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.Rolling(101)).ParamName);
        Assert.Equal("maximumPercent", Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.Rolling(50, 99)).ParamName);
        Assert.Contains(
            "0.1 to 100",
            Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.Canary(0)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "3 to 100",
            Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.Linear(2)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "whole minutes, up to a day",
            Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.BlueGreen(TimeSpan.FromSeconds(90))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "whole minutes, up to a day",
            Assert.Throws<ArgumentOutOfRangeException>(() => DeploymentStrategy.BlueGreen(TimeSpan.FromMinutes(1441))).Message,
            StringComparison.Ordinal
        );
    }

    private static async Task<Template> PublishAsync(Action<FargateService> configure) =>
        (
            await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(configure))
        ).Template();
}
