using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class GetSecretValueRequest : AmazonSecretsManagerRequest
{
    public string SecretId { get; set; }
    public string VersionId { get; set; }
    public string VersionStage { get; set; }
}

public class GetSecretValueResponse : AmazonWebServiceResponse
{
    public DateTime? CreatedDate { get; set; }
    public string SecretString { get; set; }
    public string VersionId { get; set; }
}
