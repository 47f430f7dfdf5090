using Amazon.Runtime;

namespace Amazon.ECR;

/// <summary>What the requests to this service have in common.</summary>
public class AmazonECRRequest : AmazonWebServiceRequest;
