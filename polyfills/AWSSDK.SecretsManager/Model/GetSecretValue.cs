using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class GetSecretValueRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 2048)]
    public string SecretId { get; set; }

    [AWSProperty(Min = 32, Max = 64)]
    public string VersionId { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string VersionStage { get; set; }
}

public partial class GetSecretValueResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 20, Max = 2048)]
    public string ARN { get; set; }

    public DateTime? CreatedDate { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string Name { get; set; }

    [AWSProperty(Sensitive = true, Min = 1, Max = 65536)]
    public MemoryStream SecretBinary { get; set; }

    [AWSProperty(Sensitive = true, Min = 1, Max = 65536)]
    public string SecretString { get; set; }

    [AWSProperty(Min = 32, Max = 64)]
    public string VersionId { get; set; }

    [AWSProperty(Min = 1, Max = 20)]
    public List<string> VersionStages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
