using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class ServiceTests
{
    private readonly SoundTemplate _sound = new();

    private List<string> DependsOn => _sound.Template["ApiService"].DependsOn;

    [Fact]
    public void A_service_must_wait_for_the_rule_that_forwards_to_it()
    {
        DependsOn.Clear();
        _sound.HasFault(
            "'ApiService' of 'shop' may be created before any listener forwards to its target group 'ApiTargets': ECS refuses it then. Add 'ApiRule' to its DependsOn."
        );
    }

    [Fact]
    public void Every_rule_that_forwards_to_a_service_is_named_and_one_of_them_is_enough()
    {
        _sound.AddRule("AdminRule", 1001);
        _sound.HasNoFault();

        DependsOn.Clear();
        _sound.HasFault(
            "'ApiService' of 'shop' may be created before any listener forwards to its target group 'ApiTargets': ECS refuses it then. Add 'ApiRule', 'AdminRule' to its DependsOn."
        );
    }

    [Fact]
    public void A_service_may_wait_for_its_rule_by_way_of_something_else()
    {
        DependsOn.Clear();
        _sound.LoadBalancer["AdvancedConfiguration"] = new TemplateMap { ["ProductionListenerRule"] = Fn.Ref("ApiRule") };
        _sound.HasNoFault();
    }

    [Fact]
    public void A_listener_forwards_too()
    {
        _sound.Add(
            "Listener",
            "AWS::ElasticLoadBalancingV2::Listener",
            new()
            {
                ["DefaultActions"] = new TemplateList([
                    new TemplateMap { ["Type"] = "forward", ["TargetGroupArn"] = Fn.Ref("ApiTargets") },
                ]),
            }
        );
        DependsOn.Clear();
        DependsOn.Add("Listener");
        _sound.HasNoFault();
    }

    [Fact]
    public void A_target_group_to_which_nothing_forwards_is_refused()
    {
        DependsOn.Clear();
        _sound.Template.Remove("ApiRule");
        _sound.HasFault(
            "'ApiService' of 'shop' has the target group 'ApiTargets', to which no listener or rule of the template forwards: ECS refuses it. Add an AWS::ElasticLoadBalancingV2::ListenerRule that does, and its logical id to DependsOn."
        );
    }

    [Fact]
    public void The_other_target_group_of_a_blue_green_deployment_needs_its_rule_too()
    {
        _sound.Add("GreenTargets", "AWS::ElasticLoadBalancingV2::TargetGroup", []);
        _sound.LoadBalancer["AdvancedConfiguration"] = new TemplateMap { ["AlternateTargetGroupArn"] = Fn.Ref("GreenTargets") };
        _sound.HasNoFault();

        _sound.AddRule("GreenRule", 1001)["Actions"] = new TemplateList([new TemplateMap { ["TargetGroupArn"] = Fn.Ref("GreenTargets") }]);
        _sound.HasFault(
            "'ApiService' of 'shop' may be created before any listener forwards to its target group 'GreenTargets': ECS refuses it then. Add 'GreenRule' to its DependsOn."
        );
    }

    [Fact]
    public void A_port_of_Service_Connect_must_be_a_port_of_the_task()
    {
        ((TemplateMap)_sound.Api["PortMappings"].Items().Single())["Name"] = "web";
        _sound.HasFault(
            "'ApiService' of 'shop' has the Service Connect port 'http', and 'ApiTask' has no port mapping of that name (its names: 'web'). Name one of them as PortName, or give a port mapping that Name."
        );
    }

    [Fact]
    public void A_load_balancer_must_name_a_container_of_the_task()
    {
        _sound.LoadBalancer["ContainerName"] = "web";
        _sound.HasFault(
            "'ApiService' of 'shop' has a load balancer for the container 'web', and 'ApiTask' has none of that name (its containers: 'api', 'agent'). Name one of them as ContainerName."
        );
    }

    [Fact]
    public void A_load_balancer_must_name_a_port_of_that_container()
    {
        _sound.LoadBalancer["ContainerPort"] = 80;
        _sound.HasFault(
            "'ApiService' of 'shop' has a load balancer for port 80 of the container 'api', and 'ApiTask' maps no such port there (its ports: 8080). Name one of them as ContainerPort, or add a port mapping."
        );
    }

    [Fact]
    public void A_load_balanced_port_may_be_in_a_range()
    {
        _sound.LoadBalancer["ContainerPort"] = 9000;
        ((TemplateList)_sound.Api["PortMappings"]!).Add(new TemplateMap { ["ContainerPortRange"] = "9000-9010" });
        _sound.HasNoFault();
    }

    [Fact]
    public void A_grace_period_is_for_a_load_balancer()
    {
        _sound.Service["LoadBalancers"] = null;
        _sound.HasFault(
            "'ApiService' of 'shop' has a health check grace period of 60 s and no load balancer. Take HealthCheckGracePeriodSeconds out, or add LoadBalancers."
        );
    }

    [Fact]
    public void A_grace_period_is_also_for_the_health_check_of_a_container()
    {
        _sound.Service["LoadBalancers"] = new TemplateList([]);
        _sound.Api["HealthCheck"] = new TemplateMap { ["Command"] = new TemplateList(["CMD", "/check"]) };
        _sound.HasNoFault();
    }

    [Fact]
    public void A_service_has_a_launch_type_or_capacity_providers()
    {
        _sound.Service["LaunchType"] = "FARGATE";
        _sound.HasFault(
            "'ApiService' of 'shop' has both LaunchType (FARGATE) and CapacityProviderStrategy, and ECS takes one of them. Take LaunchType out."
        );

        _sound.Service["CapacityProviderStrategy"] = null;
        _sound.HasNoFault();
    }

    [Fact]
    public void A_scheduled_task_has_a_launch_type_or_capacity_providers()
    {
        ((TemplateMap)_sound.Schedule.At("Target", "EcsParameters")!)["CapacityProviderStrategy"] = new TemplateList([
            new TemplateMap { ["CapacityProvider"] = "FARGATE" },
        ]);
        _sound.HasFault(
            "'ApiSchedule' of 'shop' has both LaunchType (FARGATE) and CapacityProviderStrategy, and ECS takes one of them. Take LaunchType out."
        );
    }

    [Theory]
    [InlineData("BLUE_GREEN")]
    [InlineData("LINEAR")]
    [InlineData("CANARY")]
    public void A_circuit_breaker_is_for_rolling_deployments(string strategy)
    {
        var deployment = _sound.Service.Map("DeploymentConfiguration");
        deployment["Strategy"] = strategy;
        _sound.HasFault(
            $"'ApiService' of 'shop' has a deployment circuit breaker with the strategy {strategy}, and ECS has it for ROLLING alone. Take DeploymentCircuitBreaker out and roll back by DeploymentConfiguration.Alarms."
        );

        deployment.Map("DeploymentCircuitBreaker")["Enable"] = false;
        _sound.HasNoFault();

        deployment.Map("DeploymentCircuitBreaker")["Enable"] = true;
        deployment["Strategy"] = "ROLLING";
        _sound.HasNoFault();
    }

    [Fact]
    public void Rules_of_a_listener_have_priorities_of_their_own()
    {
        _sound.AddRule("AdminRule", 1000);
        _sound.HasFault(
            "'AdminRule' of 'shop' has priority 1000 on the listener 'ListenerArn', as 'ApiRule' has. Give each rule of a listener a priority of its own, 1 to 50000."
        );

        _sound.Template["AdminRule"].Properties["ListenerArn"] =
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/other/1/2";
        _sound.HasNoFault();
    }
}
