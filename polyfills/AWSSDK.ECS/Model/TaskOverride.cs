using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class TaskOverride
{
    public List<ContainerOverride> ContainerOverrides { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Cpu { get; set; }

    public EphemeralStorage EphemeralStorage { get; set; }

    public string ExecutionRoleArn { get; set; }

    public List<InferenceAcceleratorOverride> InferenceAcceleratorOverrides { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Memory { get; set; }

    public string TaskRoleArn { get; set; }
}

public partial class ContainerOverride
{
    public List<string> Command { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? Cpu { get; set; }

    [AWSProperty(Sensitive = true)]
    public List<KeyValuePair> Environment { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<EnvironmentFile> EnvironmentFiles { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? Memory { get; set; }

    public int? MemoryReservation { get; set; }

    public string Name { get; set; }

    public List<ResourceRequirement> ResourceRequirements { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class InferenceAcceleratorOverride
{
    public string DeviceName { get; set; }

    public string DeviceType { get; set; }
}
