using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class ListSecretsRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Max = 10)]
    public List<Filter> Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? IncludePlannedDeletion { get; set; }

    [AWSProperty(Min = 1, Max = 100)]
    public int? MaxResults { get; set; }

    [AWSProperty(Min = 1, Max = 4096)]
    public string NextToken { get; set; }

    public SortByType SortBy { get; set; }

    public SortOrderType SortOrder { get; set; }
}

public partial class ListSecretsResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1, Max = 4096)]
    public string NextToken { get; set; }

    public List<SecretListEntry> SecretList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class Filter
{
    public FilterNameStringType Key { get; set; }

    [AWSProperty(Min = 1, Max = 10)]
    public List<string> Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class SecretListEntry
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

    public bool? RotationEnabled { get; set; }

    [AWSProperty(Min = 0, Max = 2048)]
    public string RotationLambdaARN { get; set; }

    public RotationRulesType RotationRules { get; set; }

    public Dictionary<string, List<string>> SecretVersionsToStages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 0, Max = 256)]
    public string Type { get; set; }
}
