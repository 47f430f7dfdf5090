using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class ListSecretsRequest : AmazonSecretsManagerRequest;

public class ListSecretsResponse : AmazonWebServiceResponse
{
    public List<SecretListEntry> SecretList { get; set; }
}

public class SecretListEntry
{
    public string ARN { get; set; }
    public string Name { get; set; }
}
