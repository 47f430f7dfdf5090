using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class BatchDeleteImageRequest : AmazonECRRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 100)]
    public List<ImageIdentifier> ImageIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string RegistryId { get; set; }

    [AWSProperty(Required = true, Min = 2, Max = 256)]
    public string RepositoryName { get; set; }
}

public partial class BatchDeleteImageResponse : AmazonWebServiceResponse
{
    public List<ImageFailure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 100)]
    public List<ImageIdentifier> ImageIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
