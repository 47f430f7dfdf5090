using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.SecretsManager.Model;

public partial class CreateSecretRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Min = 1)]
    public List<ReplicaRegionType> AddReplicaRegions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 32, Max = 64)]
    [IdempotencyToken]
    public string ClientRequestToken { get; set; }

    [AWSProperty(Max = 2048)]
    public string Description { get; set; }

    public bool? ForceOverwriteReplicaSecret { get; set; }

    [AWSProperty(Min = 0, Max = 2048)]
    public string KmsKeyId { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 512)]
    public string Name { get; set; }

    [AWSProperty(Sensitive = true, Min = 1, Max = 65536)]
    public MemoryStream SecretBinary { get; set; }

    [AWSProperty(Sensitive = true, Min = 1, Max = 65536)]
    public string SecretString { get; set; }

    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 0, Max = 256)]
    public string Type { get; set; }
}

public partial class CreateSecretResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 20, Max = 2048)]
    public string ARN { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string Name { get; set; }

    public List<ReplicationStatusType> ReplicationStatus { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 32, Max = 64)]
    public string VersionId { get; set; }
}

public partial class ReplicaRegionType
{
    [AWSProperty(Min = 0, Max = 2048)]
    public string KmsKeyId { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string Region { get; set; }
}
