using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation;

/// <summary>Alarms and widgets on what nothing makes.</summary>
public sealed class MetricSourceTests
{
    private readonly SoundTemplate _sound = new();

    private readonly TemplateMap _cluster;

    public MetricSourceTests()
    {
        _cluster = _sound.Add("Cluster", "AWS::ECS::Cluster", new() { ["ClusterName"] = "shop" });
        _sound.Add("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", []);
        _sound.Add("Jobs", "AWS::SQS::Queue", []);
        _sound.Service["ServiceName"] = "api";
    }

    [Fact]
    public void Metrics_of_what_the_template_has_are_sound()
    {
        Alarm(
            "AWS/ApplicationELB",
            "TargetResponseTime",
            ("LoadBalancer", Fn.GetAtt("Balancer", "LoadBalancerFullName")),
            ("TargetGroup", Fn.GetAtt("ApiTargets", "TargetGroupFullName"))
        );
        _sound.HasNoFault();
        Alarm("AWS/SQS", "ApproximateAgeOfOldestMessage", ("QueueName", Fn.ImportValue("data:JobsQueueName")));
        _sound.HasNoFault();
        Dashboard(
            """["AWS/ECS","CPUUtilization","ClusterName","shop","ServiceName","api"],["...",{"stat":"Maximum"}],[".","MemoryUtilization",".",".",".","${ApiService.Name}"],[{"expression":"m1 + m2"}]"""
        );
        _sound.HasNoFault();
        Dashboard(
            """["Shop/Orders","Paid","Any","thing"],["AWS/ECS","CPUUtilization","ClusterName","other","ServiceName","another"],["AWS/SQS","NumberOfMessagesSent","QueueName","${Size}"]"""
        );
        _sound.HasNoFault();
    }

    [Fact]
    public void A_metric_that_the_namespace_does_not_have_is_a_fault()
    {
        Alarm("AWS/ApplicationELB", "HTTPCode_Target_5xx_Count", ("LoadBalancer", Fn.GetAtt("Balancer", "LoadBalancerFullName")));
        Dashboard("""["AWS/ECS","CPUUtilization","ClusterName","shop","ServiceName","api"],[".","MemoryUtilisation",".",".",".","."]""");
        _sound.HasFault(
            "'ApiAlarm' of 'shop' names the metric 'HTTPCode_Target_5xx_Count', which AWS/ApplicationELB does not have. Correct the name.",
            "'Board' of 'shop' names the metric 'MemoryUtilisation' in widget 0, which AWS/ECS does not have. Correct the name."
        );
    }

    [Fact]
    public void Dimensions_that_a_metric_does_not_come_by_are_a_fault()
    {
        Alarm("AWS/ApplicationELB", "HealthyHostCount", ("LoadBalancer", Fn.GetAtt("Balancer", "LoadBalancerFullName")));
        Dashboard("""["AWS/SQS","NumberOfMessagesDeleted","Queue","jobs"]""");
        _sound.HasFault(
            "'ApiAlarm' of 'shop' names AWS/ApplicationELB HealthyHostCount by the dimensions 'LoadBalancer', and it comes by 'LoadBalancer,TargetGroup' or 'LoadBalancer,TargetGroup,AvailabilityZone'. Write one of these sets.",
            "'Board' of 'shop' names AWS/SQS NumberOfMessagesDeleted in widget 0 by the dimensions 'Queue', and it comes by 'QueueName'. Write one of these sets."
        );
    }

    [Fact]
    public void A_dimension_of_something_else_is_a_fault()
    {
        Alarm(
            "AWS/ApplicationELB",
            "RequestCount",
            ("LoadBalancer", Fn.Ref("Balancer")),
            ("TargetGroup", Fn.GetAtt("ApiTargets", "TargetGroupFullName"))
        );
        Dashboard(
            """["AWS/SQS","NumberOfMessagesSent","QueueName","${Jobs.Arn}"],["AWS/ECS","CPUUtilization","ClusterName","${Cluster}","ServiceName","${ApiTask}"]"""
        );
        _sound.HasFault(
            "'ApiAlarm' of 'shop' has ${Balancer} (AWS::ElasticLoadBalancingV2::LoadBalancer) for the dimension LoadBalancer of RequestCount. Write LoadBalancerFullName of an AWS::ElasticLoadBalancingV2::LoadBalancer.",
            "'Board' of 'shop' has ${Jobs.Arn} (AWS::SQS::Queue) for the dimension QueueName of NumberOfMessagesSent in widget 0. Write QueueName of an AWS::SQS::Queue.",
            "'Board' of 'shop' has ${ApiTask} (AWS::ECS::TaskDefinition) for the dimension ServiceName of CPUUtilization in widget 0. Write Name of an AWS::ECS::Service."
        );
    }

    [Fact]
    public void A_service_that_the_cluster_does_not_have_is_a_fault()
    {
        Dashboard("""["AWS/ECS","CPUUtilization","ClusterName","shop","ServiceName","apy"]""");
        _sound.HasFault(
            "'Board' of 'shop' names the service 'apy' for CPUUtilization in widget 0, which the template does not have (its services: 'api'). Correct the name."
        );
    }

    [Fact]
    public void Metrics_of_Container_Insights_that_are_off_are_a_fault()
    {
        Alarm(
            "ECS/ContainerInsights",
            "RunningTaskCount",
            ("ClusterName", Fn.Ref("Cluster")),
            ("ServiceName", Fn.GetAtt("ApiService", "Name"))
        );
        _sound.HasFault(
            "'ApiAlarm' of 'shop' names ECS/ContainerInsights RunningTaskCount, and Container Insights are off in 'Cluster'. Write WithContainerInsights(), or take it away."
        );

        _cluster["ClusterSettings"] = new TemplateList([new TemplateMap { ["Name"] = "containerInsights", ["Value"] = "enabled" }]);
        _sound.HasNoFault();
    }

    [Fact]
    public void A_log_group_that_is_not_there_is_a_fault()
    {
        _sound.Add("ApiLogs", "AWS::Logs::LogGroup", new() { ["LogGroupName"] = "/ecs/shop/api" });
        _sound.Dashboard["DashboardBody"] =
            """{"widgets":[{"type":"log","properties":{"query":"SOURCE '/ecs/shop/api' | SOURCE '/ecs/shop/apy' | SOURCE 'aws/spans' | limit 9"}}]}""";
        _sound.HasFault(
            "'Board' of 'shop' reads the log group '/ecs/shop/apy' in widget 0, which the template does not have. Correct the name."
        );
    }

    private void Alarm(string space, string metric, params (string Name, TemplateNode Value)[] dimensions)
    {
        _sound.Alarm["Metrics"] = null;
        _sound.Alarm["Namespace"] = space;
        _sound.Alarm["MetricName"] = metric;
        _sound.Alarm["Dimensions"] = new TemplateList(
            dimensions.Select(dimension => (TemplateNode)new TemplateMap { ["Name"] = dimension.Name, ["Value"] = dimension.Value })
        );
    }

    private void Dashboard(string metrics) =>
        _sound.Dashboard["DashboardBody"] = Fn.Sub("""{"widgets":[{"type":"metric","properties":{"metrics":[""" + metrics + "]}}]}");
}
