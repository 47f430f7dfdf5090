namespace Amazon.ECS.Model;

public partial class LoadBalancer
{
    public AdvancedConfiguration AdvancedConfiguration { get; set; }

    public string ContainerName { get; set; }

    public int? ContainerPort { get; set; }

    public string LoadBalancerName { get; set; }

    public string TargetGroupArn { get; set; }
}

public partial class AdvancedConfiguration
{
    public string AlternateTargetGroupArn { get; set; }

    public string ProductionListenerRule { get; set; }

    public string RoleArn { get; set; }

    public string TestListenerRule { get; set; }
}
