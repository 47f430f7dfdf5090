using Amazon.Runtime;

namespace Amazon.XRay.Model;

public partial class UpdateTraceSegmentDestinationRequest : AmazonXRayRequest
{
    public TraceSegmentDestination Destination { get; set; }
}

public partial class UpdateTraceSegmentDestinationResponse : AmazonWebServiceResponse
{
    public TraceSegmentDestination Destination { get; set; }

    public TraceSegmentDestinationStatus Status { get; set; }
}
