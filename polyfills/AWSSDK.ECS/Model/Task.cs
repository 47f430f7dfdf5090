using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class Task
{
    public List<Attachment> Attachments { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Attribute> Attributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string AvailabilityZone { get; set; }

    public string CapacityProviderName { get; set; }

    public string ClusterArn { get; set; }

    public Connectivity Connectivity { get; set; }

    public DateTime? ConnectivityAt { get; set; }

    public string ContainerInstanceArn { get; set; }

    public List<Container> Containers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Cpu { get; set; }

    public DateTime? CreatedAt { get; set; }

    public string DesiredStatus { get; set; }

    public bool? EnableExecuteCommand { get; set; }

    public EphemeralStorage EphemeralStorage { get; set; }

    public DateTime? ExecutionStoppedAt { get; set; }

    public TaskEphemeralStorage FargateEphemeralStorage { get; set; }

    public string Group { get; set; }

    public HealthStatus HealthStatus { get; set; }

    public List<InferenceAccelerator> InferenceAccelerators { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string LastStatus { get; set; }

    public LaunchType LaunchType { get; set; }

    public string Memory { get; set; }

    public TaskOverride Overrides { get; set; }

    public string PlatformFamily { get; set; }

    public string PlatformVersion { get; set; }

    public DateTime? PullStartedAt { get; set; }

    public DateTime? PullStoppedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public string StartedBy { get; set; }

    public TaskStopCode StopCode { get; set; }

    public DateTime? StoppedAt { get; set; }

    public string StoppedReason { get; set; }

    public DateTime? StoppingAt { get; set; }

    [AWSProperty(Min = 0, Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string TaskArn { get; set; }

    public string TaskDefinitionArn { get; set; }

    public long? Version { get; set; }
}

public partial class Container
{
    public string ContainerArn { get; set; }

    public string Cpu { get; set; }

    public int? ExitCode { get; set; }

    public List<string> GpuIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public HealthStatus HealthStatus { get; set; }

    public string Image { get; set; }

    public string ImageDigest { get; set; }

    public string LastStatus { get; set; }

    public List<ManagedAgent> ManagedAgents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Memory { get; set; }

    public string MemoryReservation { get; set; }

    public string Name { get; set; }

    public List<NetworkBinding> NetworkBindings { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<NetworkInterface> NetworkInterfaces { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Reason { get; set; }

    public string RuntimeId { get; set; }

    public string TaskArn { get; set; }
}

public partial class ManagedAgent
{
    public DateTime? LastStartedAt { get; set; }

    public string LastStatus { get; set; }

    public ManagedAgentName Name { get; set; }

    public string Reason { get; set; }
}

public partial class NetworkBinding
{
    public string BindIP { get; set; }

    public int? ContainerPort { get; set; }

    public string ContainerPortRange { get; set; }

    public int? HostPort { get; set; }

    public string HostPortRange { get; set; }

    public TransportProtocol Protocol { get; set; }
}

public partial class NetworkInterface
{
    public string AttachmentId { get; set; }

    public string Ipv6Address { get; set; }

    public string PrivateIpv4Address { get; set; }
}

public partial class TaskEphemeralStorage
{
    public string KmsKeyId { get; set; }

    public int? SizeInGiB { get; set; }
}
