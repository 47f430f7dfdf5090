using Amazon.Runtime;
using AwsProtocols;

namespace Amazon.SecretsManager.Model;

public class PutSecretValueRequest : AmazonSecretsManagerRequest
{
    [IdempotencyToken]
    public string ClientRequestToken { get; set; }

    public string SecretId { get; set; }
    public string SecretString { get; set; }
}

public class PutSecretValueResponse : AmazonWebServiceResponse
{
    public string VersionId { get; set; }
}
