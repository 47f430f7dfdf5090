using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class UpdateServiceRequest : AmazonECSRequest
{
    public AvailabilityZoneRebalancing AvailabilityZoneRebalancing { get; set; }

    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Cluster { get; set; }

    public DeploymentConfiguration DeploymentConfiguration { get; set; }

    public DeploymentController DeploymentController { get; set; }

    public int? DesiredCount { get; set; }

    public bool? EnableECSManagedTags { get; set; }

    public bool? EnableExecuteCommand { get; set; }

    public bool? ForceNewDeployment { get; set; }

    public int? HealthCheckGracePeriodSeconds { get; set; }

    public List<LoadBalancer> LoadBalancers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public NetworkConfiguration NetworkConfiguration { get; set; }

    public List<PlacementConstraint> PlacementConstraints { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<PlacementStrategy> PlacementStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string PlatformVersion { get; set; }

    public PropagateTags PropagateTags { get; set; }

    [AWSProperty(Required = true)]
    public string Service { get; set; }

    public ServiceConnectConfiguration ServiceConnectConfiguration { get; set; }

    public List<ServiceRegistry> ServiceRegistries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string TaskDefinition { get; set; }

    public List<ServiceVolumeConfiguration> VolumeConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<VpcLatticeConfiguration> VpcLatticeConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class UpdateServiceResponse : AmazonWebServiceResponse
{
    public Service Service { get; set; }
}
