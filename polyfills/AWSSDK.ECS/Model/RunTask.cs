using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.ECS.Model;

public partial class RunTaskRequest : AmazonECSRequest
{
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [IdempotencyToken]
    public string ClientToken { get; set; }

    public string Cluster { get; set; }

    public int? Count { get; set; }

    public bool? EnableECSManagedTags { get; set; }

    public bool? EnableExecuteCommand { get; set; }

    public string Group { get; set; }

    public LaunchType LaunchType { get; set; }

    public NetworkConfiguration NetworkConfiguration { get; set; }

    public TaskOverride Overrides { get; set; }

    public List<PlacementConstraint> PlacementConstraints { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<PlacementStrategy> PlacementStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string PlatformVersion { get; set; }

    public PropagateTags PropagateTags { get; set; }

    public string ReferenceId { get; set; }

    public string StartedBy { get; set; }

    [AWSProperty(Min = 0, Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public string TaskDefinition { get; set; }

    public List<TaskVolumeConfiguration> VolumeConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class RunTaskResponse : AmazonWebServiceResponse
{
    public List<Failure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Task> Tasks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class TaskVolumeConfiguration
{
    public TaskManagedEBSVolumeConfiguration ManagedEBSVolume { get; set; }

    [AWSProperty(Required = true)]
    public string Name { get; set; }
}

public partial class TaskManagedEBSVolumeConfiguration
{
    public bool? Encrypted { get; set; }

    public TaskFilesystemType FilesystemType { get; set; }

    public int? Iops { get; set; }

    public string KmsKeyId { get; set; }

    [AWSProperty(Required = true)]
    public string RoleArn { get; set; }

    public int? SizeInGiB { get; set; }

    public string SnapshotId { get; set; }

    public List<EBSTagSpecification> TagSpecifications { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public TaskManagedEBSVolumeTerminationPolicy TerminationPolicy { get; set; }

    public int? Throughput { get; set; }

    public int? VolumeInitializationRate { get; set; }

    public string VolumeType { get; set; }
}

public partial class TaskManagedEBSVolumeTerminationPolicy
{
    [AWSProperty(Required = true)]
    public bool? DeleteOnTermination { get; set; }
}
