using Amazon.Runtime;

namespace Amazon.XRay;

/// <summary>What the requests to this service have in common.</summary>
public class AmazonXRayRequest : AmazonWebServiceRequest;
