using Amazon.Runtime.Internal;
using Amazon.XRay.Model;
using AwsProtocols;

namespace Amazon.XRay;

/// <summary>How each operation is asked and answered, and which exceptions it declares.</summary>
internal static class Operations
{
    private static readonly RestJsonService Service = new("Amazon.XRay", "2016-04-12", typeof(AmazonXRayException));

    public static readonly InvokeOptions GetIndexingRules = Service.Operation<GetIndexingRulesResponse>(
        "GetIndexingRules",
        typeof(InvalidRequestException),
        typeof(ThrottledException));

    public static readonly InvokeOptions GetTraceSegmentDestination = Service.Operation<GetTraceSegmentDestinationResponse>(
        "GetTraceSegmentDestination",
        typeof(InvalidRequestException),
        typeof(ThrottledException));

    public static readonly InvokeOptions UpdateIndexingRule = Service.Operation<UpdateIndexingRuleResponse>(
        "UpdateIndexingRule",
        typeof(InvalidRequestException),
        typeof(ResourceNotFoundException),
        typeof(ThrottledException));

    public static readonly InvokeOptions UpdateTraceSegmentDestination = Service.Operation<UpdateTraceSegmentDestinationResponse>(
        "UpdateTraceSegmentDestination",
        typeof(InvalidRequestException),
        typeof(ThrottledException));
}
