using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>What the requests to this service have in common.</summary>
public partial class AmazonECSRequest : AmazonWebServiceRequest
{
}
