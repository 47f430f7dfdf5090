using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class DescribeTaskDefinitionRequest : AmazonECSRequest
{
    public string TaskDefinition { get; set; }
}

public class DescribeTaskDefinitionResponse : AmazonWebServiceResponse
{
    public TaskDefinition TaskDefinition { get; set; }
}
