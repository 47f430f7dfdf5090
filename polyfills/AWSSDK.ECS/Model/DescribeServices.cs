using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class DescribeServicesRequest : AmazonECSRequest
{
    public string Cluster { get; set; }
    public List<string> Services { get; set; }
}

public class DescribeServicesResponse : AmazonWebServiceResponse
{
    public List<Service> Services { get; set; }
}
