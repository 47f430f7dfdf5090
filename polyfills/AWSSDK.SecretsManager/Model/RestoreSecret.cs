using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class RestoreSecretRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 2048)]
    public string SecretId { get; set; }
}

public partial class RestoreSecretResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 20, Max = 2048)]
    public string ARN { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string Name { get; set; }
}
