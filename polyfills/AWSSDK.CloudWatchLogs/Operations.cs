using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudWatchLogs;

/// <summary>How each operation is asked and answered, and which exceptions it declares.</summary>
internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.CloudWatchLogs", "Logs_20140328", "2014-03-28", camelCase: true, typeof(AmazonCloudWatchLogsException));

    public static readonly InvokeOptions DescribeLogGroups = Service.Operation<DescribeLogGroupsResponse>(
        "DescribeLogGroups",
        typeof(InvalidParameterException),
        typeof(ServiceUnavailableException));

    public static readonly InvokeOptions DescribeLogStreams = Service.Operation<DescribeLogStreamsResponse>(
        "DescribeLogStreams",
        typeof(InvalidParameterException),
        typeof(ResourceNotFoundException),
        typeof(ServiceUnavailableException));

    public static readonly InvokeOptions DescribeResourcePolicies = Service.Operation<DescribeResourcePoliciesResponse>(
        "DescribeResourcePolicies",
        typeof(InvalidParameterException),
        typeof(ServiceUnavailableException));

    public static readonly InvokeOptions FilterLogEvents = Service.Operation<FilterLogEventsResponse>(
        "FilterLogEvents",
        typeof(InvalidParameterException),
        typeof(ResourceNotFoundException),
        typeof(ServiceUnavailableException));

    public static readonly InvokeOptions GetLogEvents = Service.Operation<GetLogEventsResponse>(
        "GetLogEvents",
        typeof(InvalidParameterException),
        typeof(ResourceNotFoundException),
        typeof(ServiceUnavailableException));

    public static readonly InvokeOptions PutResourcePolicy = Service.Operation<PutResourcePolicyResponse>(
        "PutResourcePolicy",
        typeof(InvalidParameterException),
        typeof(LimitExceededException),
        typeof(OperationAbortedException),
        typeof(ResourceNotFoundException),
        typeof(ServiceUnavailableException));
}
