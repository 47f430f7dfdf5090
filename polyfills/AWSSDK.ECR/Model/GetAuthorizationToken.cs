using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class GetAuthorizationTokenRequest : AmazonECRRequest
{
    [Obsolete("This field is deprecated. The returned authorization token can be used to access any Amazon ECR registry that the IAM principal has access to, specifying a registry ID doesn't change the permissions scope of the authorization token.")]
    [AWSProperty(Min = 1, Max = 10)]
    public List<string> RegistryIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class GetAuthorizationTokenResponse : AmazonWebServiceResponse
{
    public List<AuthorizationData> AuthorizationData { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class AuthorizationData
{
    public string AuthorizationToken { get; set; }

    public DateTime? ExpiresAt { get; set; }

    public string ProxyEndpoint { get; set; }
}
