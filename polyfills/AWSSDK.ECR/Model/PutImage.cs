using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class PutImageRequest : AmazonECRRequest
{
    public string ImageDigest { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 4194304)]
    public string ImageManifest { get; set; }

    public string ImageManifestMediaType { get; set; }

    [AWSProperty(Min = 1, Max = 300)]
    public string ImageTag { get; set; }

    public string RegistryId { get; set; }

    [AWSProperty(Required = true, Min = 2, Max = 256)]
    public string RepositoryName { get; set; }
}

public partial class PutImageResponse : AmazonWebServiceResponse
{
    public Image Image { get; set; }
}
