using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class UpdateSecretVersionStageRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Min = 32, Max = 64)]
    public string MoveToVersionId { get; set; }

    [AWSProperty(Min = 32, Max = 64)]
    public string RemoveFromVersionId { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 2048)]
    public string SecretId { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string VersionStage { get; set; }
}

public partial class UpdateSecretVersionStageResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 20, Max = 2048)]
    public string ARN { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string Name { get; set; }
}
