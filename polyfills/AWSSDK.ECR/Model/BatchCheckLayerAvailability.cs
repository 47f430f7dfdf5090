using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class BatchCheckLayerAvailabilityRequest : AmazonECRRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 100)]
    public List<string> LayerDigests { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string RegistryId { get; set; }

    [AWSProperty(Required = true, Min = 2, Max = 256)]
    public string RepositoryName { get; set; }
}

public partial class BatchCheckLayerAvailabilityResponse : AmazonWebServiceResponse
{
    public List<LayerFailure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Layer> Layers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class LayerFailure
{
    public LayerFailureCode FailureCode { get; set; }

    public string FailureReason { get; set; }

    [AWSProperty(Min = 0, Max = 1000)]
    public string LayerDigest { get; set; }
}

public partial class Layer
{
    public LayerAvailability LayerAvailability { get; set; }

    public string LayerDigest { get; set; }

    public long? LayerSize { get; set; }

    public string MediaType { get; set; }
}
