using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DescribeTasksRequest : AmazonECSRequest
{
    public string Cluster { get; set; }

    public List<string> Include { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public List<string> Tasks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class DescribeTasksResponse : AmazonWebServiceResponse
{
    public List<Failure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Task> Tasks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
