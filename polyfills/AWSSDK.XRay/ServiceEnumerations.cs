using Amazon.Runtime;

namespace Amazon.XRay;

public class TraceSegmentDestination : ConstantClass
{
    public static readonly TraceSegmentDestination CloudWatchLogs = new("CloudWatchLogs");
    public static readonly TraceSegmentDestination XRay = new("XRay");

    public TraceSegmentDestination(string value)
        : base(value)
    {
    }

    public static TraceSegmentDestination FindValue(string value) => FindValue<TraceSegmentDestination>(value);

    public static implicit operator TraceSegmentDestination(string value) => FindValue(value);
}

public class TraceSegmentDestinationStatus : ConstantClass
{
    public static readonly TraceSegmentDestinationStatus ACTIVE = new("ACTIVE");
    public static readonly TraceSegmentDestinationStatus PENDING = new("PENDING");

    public TraceSegmentDestinationStatus(string value)
        : base(value)
    {
    }

    public static TraceSegmentDestinationStatus FindValue(string value) => FindValue<TraceSegmentDestinationStatus>(value);

    public static implicit operator TraceSegmentDestinationStatus(string value) => FindValue(value);
}
