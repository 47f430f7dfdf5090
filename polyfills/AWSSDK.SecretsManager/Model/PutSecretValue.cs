using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.SecretsManager.Model;

public partial class PutSecretValueRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Min = 32, Max = 64)]
    [IdempotencyToken]
    public string ClientRequestToken { get; set; }

    [AWSProperty(Sensitive = true, Min = 36, Max = 256)]
    public string RotationToken { get; set; }

    [AWSProperty(Sensitive = true, Min = 1, Max = 65536)]
    public MemoryStream SecretBinary { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 2048)]
    public string SecretId { get; set; }

    [AWSProperty(Sensitive = true, Min = 1, Max = 65536)]
    public string SecretString { get; set; }

    [AWSProperty(Min = 1, Max = 20)]
    public List<string> VersionStages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class PutSecretValueResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 20, Max = 2048)]
    public string ARN { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string Name { get; set; }

    [AWSProperty(Min = 32, Max = 64)]
    public string VersionId { get; set; }

    [AWSProperty(Min = 1, Max = 20)]
    public List<string> VersionStages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
