using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class DescribeTasksRequest : AmazonECSRequest
{
    public string Cluster { get; set; }
    public List<string> Tasks { get; set; }
}

public class DescribeTasksResponse : AmazonWebServiceResponse
{
    public List<Task> Tasks { get; set; }
}
