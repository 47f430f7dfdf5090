using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class TaskDefinition
{
    public List<string> Compatibilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ContainerDefinition> ContainerDefinitions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Cpu { get; set; }

    public DateTime? DeleteRequestedAt { get; set; }

    public DateTime? DeregisteredAt { get; set; }

    public bool? EnableFaultInjection { get; set; }

    public EphemeralStorage EphemeralStorage { get; set; }

    public string ExecutionRoleArn { get; set; }

    public string Family { get; set; }

    public List<InferenceAccelerator> InferenceAccelerators { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public IpcMode IpcMode { get; set; }

    public string Memory { get; set; }

    public NetworkMode NetworkMode { get; set; }

    public PidMode PidMode { get; set; }

    public List<TaskDefinitionPlacementConstraint> PlacementConstraints { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ProxyConfiguration ProxyConfiguration { get; set; }

    public DateTime? RegisteredAt { get; set; }

    public string RegisteredBy { get; set; }

    public List<Attribute> RequiresAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> RequiresCompatibilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? Revision { get; set; }

    public RuntimePlatform RuntimePlatform { get; set; }

    public TaskDefinitionStatus Status { get; set; }

    public string TaskDefinitionArn { get; set; }

    public string TaskRoleArn { get; set; }

    public List<Volume> Volumes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class TaskDefinitionPlacementConstraint
{
    public string Expression { get; set; }

    public TaskDefinitionPlacementConstraintType Type { get; set; }
}

public partial class ProxyConfiguration
{
    [AWSProperty(Required = true)]
    public string ContainerName { get; set; }

    public List<KeyValuePair> Properties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ProxyConfigurationType Type { get; set; }
}

public partial class RuntimePlatform
{
    public CPUArchitecture CpuArchitecture { get; set; }

    public OSFamily OperatingSystemFamily { get; set; }
}

public partial class Volume
{
    public bool? ConfiguredAtLaunch { get; set; }

    public DockerVolumeConfiguration DockerVolumeConfiguration { get; set; }

    public EFSVolumeConfiguration EfsVolumeConfiguration { get; set; }

    public FSxWindowsFileServerVolumeConfiguration FsxWindowsFileServerVolumeConfiguration { get; set; }

    public HostVolumeProperties Host { get; set; }

    public string Name { get; set; }

    public S3FilesVolumeConfiguration S3filesVolumeConfiguration { get; set; }
}

public partial class DockerVolumeConfiguration
{
    public bool? Autoprovision { get; set; }

    public string Driver { get; set; }

    public Dictionary<string, string> DriverOpts { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> Labels { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Scope Scope { get; set; }
}

public partial class EFSVolumeConfiguration
{
    public EFSAuthorizationConfig AuthorizationConfig { get; set; }

    [AWSProperty(Required = true)]
    public string FileSystemId { get; set; }

    public string RootDirectory { get; set; }

    public EFSTransitEncryption TransitEncryption { get; set; }

    public int? TransitEncryptionPort { get; set; }
}

public partial class EFSAuthorizationConfig
{
    public string AccessPointId { get; set; }

    public EFSAuthorizationConfigIAM Iam { get; set; }
}

public partial class FSxWindowsFileServerVolumeConfiguration
{
    [AWSProperty(Required = true)]
    public FSxWindowsFileServerAuthorizationConfig AuthorizationConfig { get; set; }

    [AWSProperty(Required = true)]
    public string FileSystemId { get; set; }

    [AWSProperty(Required = true)]
    public string RootDirectory { get; set; }
}

public partial class FSxWindowsFileServerAuthorizationConfig
{
    [AWSProperty(Required = true)]
    public string CredentialsParameter { get; set; }

    [AWSProperty(Required = true)]
    public string Domain { get; set; }
}

public partial class HostVolumeProperties
{
    public string SourcePath { get; set; }
}

public partial class S3FilesVolumeConfiguration
{
    public string AccessPointArn { get; set; }

    [AWSProperty(Required = true)]
    public string FileSystemArn { get; set; }

    public string RootDirectory { get; set; }

    public int? TransitEncryptionPort { get; set; }
}
