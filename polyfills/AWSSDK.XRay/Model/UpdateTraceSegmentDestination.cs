using Amazon.Runtime;

namespace Amazon.XRay.Model;

public class UpdateTraceSegmentDestinationRequest : AmazonXRayRequest
{
    public TraceSegmentDestination Destination { get; set; }
}

public class UpdateTraceSegmentDestinationResponse : AmazonWebServiceResponse;
