namespace Amazon.ECS.Model;

public class Service
{
    public AvailabilityZoneRebalancing AvailabilityZoneRebalancing { get; set; }
    public List<Deployment> Deployments { get; set; }
    public int? DesiredCount { get; set; }
    public bool? EnableExecuteCommand { get; set; }
    public List<ServiceEvent> Events { get; set; }
    public int? PendingCount { get; set; }
    public int? RunningCount { get; set; }
    public string ServiceName { get; set; }
    public string Status { get; set; }
    public string TaskDefinition { get; set; }
}

public class Deployment
{
    public DateTime? CreatedAt { get; set; }
    public int? DesiredCount { get; set; }
    public int? FailedTasks { get; set; }
    public string Id { get; set; }
    public int? PendingCount { get; set; }
    public DeploymentRolloutState RolloutState { get; set; }
    public string RolloutStateReason { get; set; }
    public int? RunningCount { get; set; }
    public ServiceConnectConfiguration ServiceConnectConfiguration { get; set; }
    public string Status { get; set; }
    public string TaskDefinition { get; set; }
}

public class ServiceConnectConfiguration
{
    public bool? Enabled { get; set; }
}

public class ServiceEvent
{
    public string Id { get; set; }
    public string Message { get; set; }
}
