using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsProtocols;

namespace Amazon.CloudWatchLogs;

/// <summary>Configuration for Amazon CloudWatch Logs.</summary>
public class AmazonCloudWatchLogsConfig : ClientConfig
{
    public AmazonCloudWatchLogsConfig()
        : base(ServicePipeline.Defaults)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "logs";
        EndpointProvider = new RegionalEndpointProvider("logs", EndpointException);
    }

    public static new string ServiceId => "CloudWatch Logs";

    public override string RegionEndpointServiceName => "logs";

    public override string ServiceVersion => "2014-03-28";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("CloudWatch_Logs", "4.0.100.2");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.DetermineEndpoint(this, parameters);

    // In GovCloud the ordinary endpoints are the FIPS ones.
    private static string EndpointException(RegionalEndpoint endpoint) =>
        endpoint switch
        {
            { Region: "us-gov-east-1" or "us-gov-west-1", UseFips: true, UseDualStack: false } =>
                $"logs.{endpoint.Region}.{endpoint.DnsSuffix}",
            _ => null,
        };
}
