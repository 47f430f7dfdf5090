using Amazon.Runtime;

namespace Amazon.XRay.Model;

public partial class GetTraceSegmentDestinationRequest : AmazonXRayRequest
{
}

public partial class GetTraceSegmentDestinationResponse : AmazonWebServiceResponse
{
    public TraceSegmentDestination Destination { get; set; }

    public TraceSegmentDestinationStatus Status { get; set; }
}
