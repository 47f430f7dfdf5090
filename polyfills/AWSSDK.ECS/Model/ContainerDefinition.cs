using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class ContainerDefinition
{
    public List<string> Command { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? Cpu { get; set; }

    public List<string> CredentialSpecs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ContainerDependency> DependsOn { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? DisableNetworking { get; set; }

    public List<string> DnsSearchDomains { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> DnsServers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> DockerLabels { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> DockerSecurityOptions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> EntryPoint { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Sensitive = true)]
    public List<KeyValuePair> Environment { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<EnvironmentFile> EnvironmentFiles { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? Essential { get; set; }

    public List<HostEntry> ExtraHosts { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public FirelensConfiguration FirelensConfiguration { get; set; }

    public HealthCheck HealthCheck { get; set; }

    public string Hostname { get; set; }

    public string Image { get; set; }

    public bool? Interactive { get; set; }

    public List<string> Links { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public LinuxParameters LinuxParameters { get; set; }

    public LogConfiguration LogConfiguration { get; set; }

    public int? Memory { get; set; }

    public int? MemoryReservation { get; set; }

    public List<MountPoint> MountPoints { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Name { get; set; }

    public List<PortMapping> PortMappings { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? Privileged { get; set; }

    public bool? PseudoTerminal { get; set; }

    public bool? ReadonlyRootFilesystem { get; set; }

    [AWSProperty(Sensitive = true)]
    public RepositoryCredentials RepositoryCredentials { get; set; }

    public List<ResourceRequirement> ResourceRequirements { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ContainerRestartPolicy RestartPolicy { get; set; }

    public List<Secret> Secrets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? StartTimeout { get; set; }

    public int? StopTimeout { get; set; }

    public List<SystemControl> SystemControls { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Ulimit> Ulimits { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string User { get; set; }

    public VersionConsistency VersionConsistency { get; set; }

    public List<VolumeFrom> VolumesFrom { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string WorkingDirectory { get; set; }
}

public partial class ContainerDependency
{
    [AWSProperty(Required = true)]
    public ContainerCondition Condition { get; set; }

    [AWSProperty(Required = true)]
    public string ContainerName { get; set; }
}

public partial class HostEntry
{
    [AWSProperty(Required = true)]
    public string Hostname { get; set; }

    [AWSProperty(Required = true)]
    public string IpAddress { get; set; }
}

public partial class FirelensConfiguration
{
    public Dictionary<string, string> Options { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public FirelensConfigurationType Type { get; set; }
}

public partial class HealthCheck
{
    [AWSProperty(Required = true)]
    public List<string> Command { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? Interval { get; set; }

    public int? Retries { get; set; }

    public int? StartPeriod { get; set; }

    public int? Timeout { get; set; }
}

public partial class LinuxParameters
{
    public KernelCapabilities Capabilities { get; set; }

    public List<Device> Devices { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? InitProcessEnabled { get; set; }

    public int? MaxSwap { get; set; }

    public int? SharedMemorySize { get; set; }

    public int? Swappiness { get; set; }

    public List<Tmpfs> Tmpfs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class KernelCapabilities
{
    public List<string> Add { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> Drop { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class Device
{
    public string ContainerPath { get; set; }

    [AWSProperty(Required = true)]
    public string HostPath { get; set; }

    public List<string> Permissions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class Tmpfs
{
    [AWSProperty(Required = true)]
    public string ContainerPath { get; set; }

    public List<string> MountOptions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public int? Size { get; set; }
}

public partial class MountPoint
{
    public string ContainerPath { get; set; }

    public bool? ReadOnly { get; set; }

    public string SourceVolume { get; set; }
}

public partial class PortMapping
{
    public ApplicationProtocol AppProtocol { get; set; }

    public int? ContainerPort { get; set; }

    public string ContainerPortRange { get; set; }

    public int? HostPort { get; set; }

    public string Name { get; set; }

    public TransportProtocol Protocol { get; set; }
}

public partial class RepositoryCredentials
{
    [AWSProperty(Required = true)]
    public string CredentialsParameter { get; set; }
}

public partial class ContainerRestartPolicy
{
    [AWSProperty(Required = true)]
    public bool? Enabled { get; set; }

    public List<int> IgnoredExitCodes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? RestartAttemptPeriod { get; set; }
}

public partial class SystemControl
{
    public string Namespace { get; set; }

    public string Value { get; set; }
}

public partial class Ulimit
{
    [AWSProperty(Required = true)]
    public int? HardLimit { get; set; }

    [AWSProperty(Required = true)]
    public UlimitName Name { get; set; }

    [AWSProperty(Required = true)]
    public int? SoftLimit { get; set; }
}

public partial class VolumeFrom
{
    public bool? ReadOnly { get; set; }

    public string SourceContainer { get; set; }
}
