using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class RestoreSecretRequest : AmazonSecretsManagerRequest
{
    public string SecretId { get; set; }
}

public class RestoreSecretResponse : AmazonWebServiceResponse;
