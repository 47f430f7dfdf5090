using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DescribeServiceRevisionsRequest : AmazonECSRequest
{
    [AWSProperty(Required = true)]
    public List<string> ServiceRevisionArns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class DescribeServiceRevisionsResponse : AmazonWebServiceResponse
{
    public List<Failure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ServiceRevision> ServiceRevisions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ServiceRevision
{
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ClusterArn { get; set; }

    public List<ContainerImage> ContainerImages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? CreatedAt { get; set; }

    public ECSManagedResources EcsManagedResources { get; set; }

    public DeploymentEphemeralStorage FargateEphemeralStorage { get; set; }

    public bool? GuardDutyEnabled { get; set; }

    public LaunchType LaunchType { get; set; }

    public List<LoadBalancer> LoadBalancers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public NetworkConfiguration NetworkConfiguration { get; set; }

    public string PlatformFamily { get; set; }

    public string PlatformVersion { get; set; }

    public ResolvedConfiguration ResolvedConfiguration { get; set; }

    public string ServiceArn { get; set; }

    public ServiceConnectConfiguration ServiceConnectConfiguration { get; set; }

    public List<ServiceRegistry> ServiceRegistries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ServiceRevisionArn { get; set; }

    public string TaskDefinition { get; set; }

    public List<ServiceVolumeConfiguration> VolumeConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<VpcLatticeConfiguration> VpcLatticeConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ContainerImage
{
    public string ContainerName { get; set; }

    public string Image { get; set; }

    public string ImageDigest { get; set; }
}

public partial class ResolvedConfiguration
{
    public List<ServiceRevisionLoadBalancer> LoadBalancers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ServiceRevisionLoadBalancer
{
    public string ProductionListenerRule { get; set; }

    public string TargetGroupArn { get; set; }
}
