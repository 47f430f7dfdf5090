using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DescribeClustersRequest : AmazonECSRequest
{
    public List<string> Clusters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> Include { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class DescribeClustersResponse : AmazonWebServiceResponse
{
    public List<Cluster> Clusters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Failure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class Cluster
{
    public int? ActiveServicesCount { get; set; }

    public List<Attachment> Attachments { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string AttachmentsStatus { get; set; }

    public List<string> CapacityProviders { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ClusterArn { get; set; }

    public string ClusterName { get; set; }

    public ClusterConfiguration Configuration { get; set; }

    public List<CapacityProviderStrategyItem> DefaultCapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? PendingTasksCount { get; set; }

    public int? RegisteredContainerInstancesCount { get; set; }

    public int? RunningTasksCount { get; set; }

    public ClusterServiceConnectDefaults ServiceConnectDefaults { get; set; }

    public List<ClusterSetting> Settings { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<KeyValuePair> Statistics { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Status { get; set; }

    [AWSProperty(Min = 0, Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ClusterConfiguration
{
    public ExecuteCommandConfiguration ExecuteCommandConfiguration { get; set; }

    public ManagedStorageConfiguration ManagedStorageConfiguration { get; set; }
}

public partial class ExecuteCommandConfiguration
{
    public string KmsKeyId { get; set; }

    public ExecuteCommandLogConfiguration LogConfiguration { get; set; }

    public ExecuteCommandLogging Logging { get; set; }
}

public partial class ExecuteCommandLogConfiguration
{
    public bool? CloudWatchEncryptionEnabled { get; set; }

    public string CloudWatchLogGroupName { get; set; }

    public string S3BucketName { get; set; }

    public bool? S3EncryptionEnabled { get; set; }

    public string S3KeyPrefix { get; set; }
}

public partial class ManagedStorageConfiguration
{
    public string FargateEphemeralStorageKmsKeyId { get; set; }

    public string KmsKeyId { get; set; }
}

public partial class ClusterServiceConnectDefaults
{
    public string Namespace { get; set; }
}

public partial class ClusterSetting
{
    public ClusterSettingName Name { get; set; }

    public string Value { get; set; }
}
