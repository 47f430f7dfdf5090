using Aws.CloudFormation;
using Hosting.Fargate.Tests.Validation.OwnRules;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation;

/// <summary>A small template with nothing wrong in it: each test puts one thing wrong.</summary>
internal sealed class SoundTemplate
{
    public SoundTemplate()
    {
        Template.Parameters["Subnet"] = new TemplateMap { ["Type"] = "AWS::EC2::Subnet::Id" };
        Template.Parameters["ListenerArn"] = new TemplateMap { ["Type"] = "String" };
        Template.Parameters["Size"] = new TemplateMap { ["Type"] = "String" };
        Template.Parameters["KeyVersion"] = new TemplateMap { ["Type"] = "String" };
        Template.Conditions["IsLarge"] = Fn.Equals(Fn.Ref("Size"), "large");
        Template.Outputs["Service"] = new TemplateMap { ["Value"] = Fn.GetAtt("ApiService", "Name") };

        Add("Logs", "AWS::Logs::LogGroup", new() { ["LogGroupName"] = Fn.Sub("/ecs/${AWS::StackName}/api") });
        Add("Key", "AWS::SecretsManager::Secret", []);
        Add(
            "Upstream",
            "AWS::SecretsManager::Secret",
            new()
            {
                ["SecretString"] = Fn.Sub("https://example.com/${!id}?key={{resolve:secretsmanager:${Key}:SecretString:::${KeyVersion}}}"),
            }
        );
        Api = new()
        {
            ["Name"] = "api",
            ["Memory"] = 704,
            ["Cpu"] = 448,
            ["StopTimeout"] = 60,
            ["PortMappings"] = new TemplateList([new TemplateMap { ["Name"] = "http", ["ContainerPort"] = 8080 }]),
            ["Environment"] = new TemplateList([Variable("Size", Fn.If("IsLarge", "2", "1"))]),
            ["Secrets"] = new TemplateList([new TemplateMap { ["Name"] = "Upstream", ["ValueFrom"] = Fn.Ref("Upstream") }]),
            ["LogConfiguration"] = Log("api"),
        };
        Agent = new()
        {
            ["Name"] = "agent",
            ["Memory"] = 192,
            ["Cpu"] = 64,
            ["RestartPolicy"] = new TemplateMap { ["Enabled"] = true, ["RestartAttemptPeriod"] = 60 },
            ["LogConfiguration"] = Log("agent"),
        };
        Task = Add(
            "ApiTask",
            "AWS::ECS::TaskDefinition",
            new()
            {
                ["Cpu"] = "512",
                ["Memory"] = "1024",
                ["RequiresCompatibilities"] = new TemplateList(["FARGATE"]),
                ["ContainerDefinitions"] = new TemplateList([Api, Agent]),
            }
        );
        Add("ApiTargets", "AWS::ElasticLoadBalancingV2::TargetGroup", new() { ["TargetType"] = "ip" });
        Rule = AddRule("ApiRule", 1000);
        Service = Add(
            "ApiService",
            "AWS::ECS::Service",
            new()
            {
                ["TaskDefinition"] = Fn.Ref("ApiTask"),
                ["CapacityProviderStrategy"] = new TemplateList([new TemplateMap { ["CapacityProvider"] = "FARGATE", ["Weight"] = 1 }]),
                ["HealthCheckGracePeriodSeconds"] = 60,
                ["DeploymentConfiguration"] = new TemplateMap
                {
                    ["DeploymentCircuitBreaker"] = new TemplateMap { ["Enable"] = true, ["Rollback"] = true },
                },
                ["LoadBalancers"] = new TemplateList([LoadBalancer]),
                ["ServiceConnectConfiguration"] = new TemplateMap
                {
                    ["Enabled"] = true,
                    ["Services"] = new TemplateList([new TemplateMap { ["PortName"] = "http", ["DiscoveryName"] = "api" }]),
                    ["LogConfiguration"] = Log("service-connect"),
                },
            }
        );
        Template["ApiService"].DependsOn.Add("ApiRule");
        ScalableTarget = Add(
            "ApiRange",
            "AWS::ApplicationAutoScaling::ScalableTarget",
            new()
            {
                ["ResourceId"] = Fn.Sub("service/cluster/${Name}", new TemplateMap { ["Name"] = Fn.GetAtt("ApiService", "Name") }),
                ["MinCapacity"] = 1,
                ["MaxCapacity"] = 10,
                ["ScheduledActions"] = new TemplateList([Night]),
            }
        );
        Scaling = Add(
            "ApiScaling",
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            new()
            {
                ["ScalingTargetId"] = Fn.Ref("ApiRange"),
                ["TargetTrackingScalingPolicyConfiguration"] = new TemplateMap
                {
                    ["TargetValue"] = 10,
                    ["CustomizedMetricSpecification"] = new TemplateMap
                    {
                        ["Metrics"] = Metrics("(FILL(waiting, 0) + 1e3) / IF(FILL(running, 0) > 0, running, 1)"),
                    },
                },
            }
        );
        Alarm = Add("ApiAlarm", "AWS::CloudWatch::Alarm", new() { ["Metrics"] = Metrics("waiting - FILL(running, 0)") });
        Schedule = Add(
            "ApiSchedule",
            "AWS::Scheduler::Schedule",
            new()
            {
                ["ScheduleExpression"] = "cron(0 3 * * ? *)",
                ["ScheduleExpressionTimezone"] = "Europe/Berlin",
                ["Target"] = new TemplateMap
                {
                    ["EcsParameters"] = new TemplateMap { ["TaskDefinitionArn"] = Fn.Ref("ApiTask"), ["LaunchType"] = "FARGATE" },
                },
            }
        );
        Dashboard = Add(
            "Board",
            "AWS::CloudWatch::Dashboard",
            new()
            {
                ["DashboardBody"] = Fn.Sub(
                    """{"widgets":[{"type":"metric","properties":{"region":"${AWS::Region}","metrics":[["AWS/ECS","CPUUtilization","ClusterName","shop","ServiceName","${ApiService.Name}"]]}}]}"""
                ),
            }
        );
    }

    public Template Template { get; } = new("shop", "a shop");

    public TemplateMap Task { get; }

    public TemplateMap Api { get; }

    public TemplateMap Agent { get; }

    public TemplateMap Service { get; }

    public TemplateMap LoadBalancer { get; } =
        new()
        {
            ["ContainerName"] = "api",
            ["ContainerPort"] = 8080,
            ["TargetGroupArn"] = Fn.Ref("ApiTargets"),
        };

    public TemplateMap Rule { get; }

    public TemplateMap ScalableTarget { get; }

    public TemplateMap Night { get; } =
        new()
        {
            ["ScheduledActionName"] = "night",
            ["Schedule"] = "cron(0 22 ? * MON-FRI *)",
            ["Timezone"] = "UTC",
            ["ScalableTargetAction"] = new TemplateMap { ["MinCapacity"] = 0, ["MaxCapacity"] = 1 },
        };

    public TemplateMap Scaling { get; }

    public TemplateMap Alarm { get; }

    public TemplateMap Schedule { get; }

    public TemplateMap Dashboard { get; }

    public static TemplateMap Variable(string name, TemplateNode value) => new() { ["Name"] = name, ["Value"] = value };

    public TemplateMap Add(string id, string type, TemplateMap properties)
    {
        Template.Add(new TemplateResource(id, type) { Properties = properties });
        return properties;
    }

    public TemplateMap AddRule(string id, int priority) =>
        Add(
            id,
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            new()
            {
                ["ListenerArn"] = Fn.Ref("ListenerArn"),
                ["Priority"] = priority,
                ["Actions"] = new TemplateList([
                    new TemplateMap
                    {
                        ["Type"] = "forward",
                        ["ForwardConfig"] = new TemplateMap
                        {
                            ["TargetGroups"] = new TemplateList([new TemplateMap { ["TargetGroupArn"] = Fn.Ref("ApiTargets") }]),
                        },
                    },
                ]),
            }
        );

    public void HasNoFault() => Assert.Empty(Faults());

    public void HasFault(params string[] faults) => Assert.Equal(faults, Faults());

    public IEnumerable<string> Faults() => TemplateValidator.Validate(Template).Concat(WatchingRules.Check(Template));

    private static TemplateMap Log(string prefix) =>
        new()
        {
            ["LogDriver"] = "awslogs",
            ["Options"] = new TemplateMap
            {
                ["awslogs-group"] = Fn.Ref("Logs"),
                ["awslogs-region"] = Fn.Region,
                ["awslogs-stream-prefix"] = prefix,
            },
        };

    private static TemplateList Metrics(string expression) =>
        [
            new TemplateMap { ["Id"] = "waiting", ["ReturnData"] = false },
            new TemplateMap { ["Id"] = "running", ["ReturnData"] = false },
            new TemplateMap { ["Id"] = "result", ["Expression"] = expression },
        ];
}
