using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class DeregisterTaskDefinitionRequest : AmazonECSRequest
{
    public string TaskDefinition { get; set; }
}

public class DeregisterTaskDefinitionResponse : AmazonWebServiceResponse;
