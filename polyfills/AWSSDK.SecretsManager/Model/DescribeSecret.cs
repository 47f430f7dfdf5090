using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class DescribeSecretRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 2048)]
    public string SecretId { get; set; }
}

public partial class DescribeSecretResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 20, Max = 2048)]
    public string ARN { get; set; }

    public DateTime? CreatedDate { get; set; }

    public DateTime? DeletedDate { get; set; }

    [AWSProperty(Max = 2048)]
    public string Description { get; set; }

    public List<ExternalSecretRotationMetadataItem> ExternalSecretRotationMetadata { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 20, Max = 2048)]
    public string ExternalSecretRotationRoleArn { get; set; }

    [AWSProperty(Min = 0, Max = 2048)]
    public string KmsKeyId { get; set; }

    public DateTime? LastAccessedDate { get; set; }

    public DateTime? LastChangedDate { get; set; }

    public DateTime? LastRotatedDate { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string Name { get; set; }

    public DateTime? NextRotationDate { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string OwningService { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string PrimaryRegion { get; set; }

    public List<ReplicationStatusType> ReplicationStatus { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? RotationEnabled { get; set; }

    [AWSProperty(Min = 0, Max = 2048)]
    public string RotationLambdaARN { get; set; }

    public RotationRulesType RotationRules { get; set; }

    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 0, Max = 256)]
    public string Type { get; set; }

    public Dictionary<string, List<string>> VersionIdsToStages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
