using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class Service
{
    public AvailabilityZoneRebalancing AvailabilityZoneRebalancing { get; set; }

    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ClusterArn { get; set; }

    public DateTime? CreatedAt { get; set; }

    public string CreatedBy { get; set; }

    public string CurrentServiceDeployment { get; set; }

    public List<ServiceCurrentRevisionSummary> CurrentServiceRevisions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DeploymentConfiguration DeploymentConfiguration { get; set; }

    public DeploymentController DeploymentController { get; set; }

    public List<Deployment> Deployments { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? DesiredCount { get; set; }

    public bool? EnableECSManagedTags { get; set; }

    public bool? EnableExecuteCommand { get; set; }

    public List<ServiceEvent> Events { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? HealthCheckGracePeriodSeconds { get; set; }

    public LaunchType LaunchType { get; set; }

    public List<LoadBalancer> LoadBalancers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public NetworkConfiguration NetworkConfiguration { get; set; }

    public int? PendingCount { get; set; }

    public List<PlacementConstraint> PlacementConstraints { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<PlacementStrategy> PlacementStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string PlatformFamily { get; set; }

    public string PlatformVersion { get; set; }

    public PropagateTags PropagateTags { get; set; }

    public ResourceManagementType ResourceManagementType { get; set; }

    public string RoleArn { get; set; }

    public int? RunningCount { get; set; }

    public SchedulingStrategy SchedulingStrategy { get; set; }

    public string ServiceArn { get; set; }

    public string ServiceName { get; set; }

    public List<ServiceRegistry> ServiceRegistries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Status { get; set; }

    [AWSProperty(Min = 0, Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string TaskDefinition { get; set; }

    public List<TaskSet> TaskSets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ServiceCurrentRevisionSummary
{
    public string Arn { get; set; }

    public int? PendingTaskCount { get; set; }

    public int? RequestedTaskCount { get; set; }

    public int? RunningTaskCount { get; set; }
}

public partial class Deployment
{
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? CreatedAt { get; set; }

    public int? DesiredCount { get; set; }

    public int? FailedTasks { get; set; }

    public DeploymentEphemeralStorage FargateEphemeralStorage { get; set; }

    public string Id { get; set; }

    public LaunchType LaunchType { get; set; }

    public NetworkConfiguration NetworkConfiguration { get; set; }

    public int? PendingCount { get; set; }

    public string PlatformFamily { get; set; }

    public string PlatformVersion { get; set; }

    public DeploymentRolloutState RolloutState { get; set; }

    public string RolloutStateReason { get; set; }

    public int? RunningCount { get; set; }

    public ServiceConnectConfiguration ServiceConnectConfiguration { get; set; }

    public List<ServiceConnectServiceResource> ServiceConnectResources { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Status { get; set; }

    public string TaskDefinition { get; set; }

    public DateTime? UpdatedAt { get; set; }

    public List<ServiceVolumeConfiguration> VolumeConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<VpcLatticeConfiguration> VpcLatticeConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ServiceConnectServiceResource
{
    public string DiscoveryArn { get; set; }

    public string DiscoveryName { get; set; }
}

public partial class ServiceEvent
{
    public DateTime? CreatedAt { get; set; }

    public string Id { get; set; }

    public string Message { get; set; }
}

public partial class TaskSet
{
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ClusterArn { get; set; }

    public int? ComputedDesiredCount { get; set; }

    public DateTime? CreatedAt { get; set; }

    public string ExternalId { get; set; }

    public DeploymentEphemeralStorage FargateEphemeralStorage { get; set; }

    public string Id { get; set; }

    public LaunchType LaunchType { get; set; }

    public List<LoadBalancer> LoadBalancers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public NetworkConfiguration NetworkConfiguration { get; set; }

    public int? PendingCount { get; set; }

    public string PlatformFamily { get; set; }

    public string PlatformVersion { get; set; }

    public int? RunningCount { get; set; }

    public Scale Scale { get; set; }

    public string ServiceArn { get; set; }

    public List<ServiceRegistry> ServiceRegistries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public StabilityStatus StabilityStatus { get; set; }

    public DateTime? StabilityStatusAt { get; set; }

    public string StartedBy { get; set; }

    public string Status { get; set; }

    [AWSProperty(Min = 0, Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string TaskDefinition { get; set; }

    public string TaskSetArn { get; set; }

    public DateTime? UpdatedAt { get; set; }
}

public partial class Scale
{
    public ScaleUnit Unit { get; set; }

    public double? Value { get; set; }
}
