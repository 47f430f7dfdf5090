using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class StopTaskRequest : AmazonECSRequest
{
    public string Cluster { get; set; }

    public string Reason { get; set; }

    [AWSProperty(Required = true)]
    public string Task { get; set; }
}

public partial class StopTaskResponse : AmazonWebServiceResponse
{
    public Task Task { get; set; }
}
