using Amazon.Runtime;

namespace Amazon.ECR;

/// <summary>What the requests to this service have in common.</summary>
public partial class AmazonECRRequest : AmazonWebServiceRequest
{
}
