using Amazon.Runtime;

namespace Amazon.XRay;

public class TraceSegmentDestination(string value) : ConstantClass(value)
{
    public static readonly TraceSegmentDestination CloudWatchLogs = new("CloudWatchLogs");

    public static implicit operator TraceSegmentDestination(string value) => FindValue<TraceSegmentDestination>(value);
}

public class TraceSegmentDestinationStatus(string value) : ConstantClass(value)
{
    public static readonly TraceSegmentDestinationStatus ACTIVE = new("ACTIVE");

    public static implicit operator TraceSegmentDestinationStatus(string value) => FindValue<TraceSegmentDestinationStatus>(value);
}
