using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class ListServiceDeploymentsRequest : AmazonECSRequest
{
    public string Cluster { get; set; }
    public string Service { get; set; }
}

public class ListServiceDeploymentsResponse : AmazonWebServiceResponse
{
    public List<ServiceDeploymentBrief> ServiceDeployments { get; set; }
}

public class ServiceDeploymentBrief
{
    public string ServiceDeploymentArn { get; set; }
}
