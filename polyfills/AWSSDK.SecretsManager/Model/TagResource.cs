using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class TagResourceRequest : AmazonSecretsManagerRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 2048)]
    public string SecretId { get; set; }

    [AWSProperty(Required = true)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class TagResourceResponse : AmazonWebServiceResponse
{
}
