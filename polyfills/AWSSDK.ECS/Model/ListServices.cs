using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class ListServicesRequest : AmazonECSRequest
{
    public string Cluster { get; set; }
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
}

public class ListServicesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<string> ServiceArns { get; set; }
}
