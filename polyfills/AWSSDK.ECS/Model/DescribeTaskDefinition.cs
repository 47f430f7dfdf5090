using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DescribeTaskDefinitionRequest : AmazonECSRequest
{
    public List<string> Include { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public string TaskDefinition { get; set; }
}

public partial class DescribeTaskDefinitionResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 0, Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public TaskDefinition TaskDefinition { get; set; }
}
