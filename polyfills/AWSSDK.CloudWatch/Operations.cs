using Amazon.CloudWatch.Model;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudWatch;

/// <summary>
/// How each operation is asked and answered, and which exceptions it declares. Of the protocols that CloudWatch speaks this is the oldest;
/// the official client speaks the newest, https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
/// </summary>
internal static class Operations
{
    private static readonly QueryService Service = new("Amazon.CloudWatch", "2010-08-01", typeof(AmazonCloudWatchException));

    public static readonly InvokeOptions DescribeAlarms = Service.Operation<DescribeAlarmsResponse>(
        "DescribeAlarms",
        typeof(InvalidNextTokenException));
}
