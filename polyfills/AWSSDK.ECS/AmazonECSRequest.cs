using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>What the requests to this service have in common.</summary>
public class AmazonECSRequest : AmazonWebServiceRequest;
