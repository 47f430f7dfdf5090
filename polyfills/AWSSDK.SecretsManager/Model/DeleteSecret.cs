using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class DeleteSecretRequest : AmazonSecretsManagerRequest
{
    public long? RecoveryWindowInDays { get; set; }
    public string SecretId { get; set; }
}

public class DeleteSecretResponse : AmazonWebServiceResponse;
