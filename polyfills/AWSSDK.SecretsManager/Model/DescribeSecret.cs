using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class DescribeSecretRequest : AmazonSecretsManagerRequest
{
    public string SecretId { get; set; }
}

public class DescribeSecretResponse : AmazonWebServiceResponse
{
    public string ARN { get; set; }
    public DateTime? CreatedDate { get; set; }
    public DateTime? DeletedDate { get; set; }
    public DateTime? LastChangedDate { get; set; }
    public Dictionary<string, List<string>> VersionIdsToStages { get; set; }
}
