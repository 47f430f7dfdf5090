using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class GetAuthorizationTokenRequest : AmazonECRRequest;

public class GetAuthorizationTokenResponse : AmazonWebServiceResponse
{
    public List<AuthorizationData> AuthorizationData { get; set; }
}

public class AuthorizationData
{
    public string AuthorizationToken { get; set; }
    public string ProxyEndpoint { get; set; }
}
