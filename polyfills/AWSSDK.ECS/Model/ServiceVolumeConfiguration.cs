using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class ServiceVolumeConfiguration
{
    public ServiceManagedEBSVolumeConfiguration ManagedEBSVolume { get; set; }

    [AWSProperty(Required = true)]
    public string Name { get; set; }
}

public partial class ServiceManagedEBSVolumeConfiguration
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

    public int? Throughput { get; set; }

    public int? VolumeInitializationRate { get; set; }

    public string VolumeType { get; set; }
}
