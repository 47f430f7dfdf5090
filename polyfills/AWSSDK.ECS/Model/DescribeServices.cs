using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DescribeServicesRequest : AmazonECSRequest
{
    public string Cluster { get; set; }

    public List<string> Include { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public List<string> Services { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class DescribeServicesResponse : AmazonWebServiceResponse
{
    public List<Failure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Service> Services { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
