using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class ListImagesRequest : AmazonECRRequest
{
    public ListImagesFilter Filter { get; set; }

    [AWSProperty(Min = 1, Max = 1000)]
    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    public string RegistryId { get; set; }

    [AWSProperty(Required = true, Min = 2, Max = 256)]
    public string RepositoryName { get; set; }
}

public partial class ListImagesResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1, Max = 100)]
    public List<ImageIdentifier> ImageIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}

public partial class ListImagesFilter
{
    public ImageStatusFilter ImageStatus { get; set; }

    public TagStatus TagStatus { get; set; }
}
