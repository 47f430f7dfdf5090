using Amazon.Runtime;

namespace Amazon.XRay.Model;

public class GetTraceSegmentDestinationRequest : AmazonXRayRequest;

public class GetTraceSegmentDestinationResponse : AmazonWebServiceResponse
{
    public TraceSegmentDestination Destination { get; set; }
    public TraceSegmentDestinationStatus Status { get; set; }
}
