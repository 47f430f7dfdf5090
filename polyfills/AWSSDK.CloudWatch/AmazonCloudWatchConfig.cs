using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsProtocols;

namespace Amazon.CloudWatch;

/// <summary>Configuration for Amazon CloudWatch.</summary>
public class AmazonCloudWatchConfig : ClientConfig
{
    public AmazonCloudWatchConfig()
        : base(ServicePipeline.Defaults)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "monitoring";
        EndpointProvider = new RegionalEndpointProvider("monitoring", EndpointException);
    }

    public static new string ServiceId => "CloudWatch";

    public override string RegionEndpointServiceName => "monitoring";

    public override string ServiceVersion => "2010-08-01";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("CloudWatch", "4.0.101.2");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.DetermineEndpoint(this, parameters);

    // In GovCloud the ordinary endpoints are the FIPS ones.
    private static string EndpointException(RegionalEndpoint endpoint) =>
        endpoint switch
        {
            { Region: "us-gov-east-1" or "us-gov-west-1", UseFips: true } =>
                $"monitoring.{endpoint.Region}.{(endpoint.UseDualStack ? endpoint.DualStackDnsSuffix : endpoint.DnsSuffix)}",
            _ => null,
        };
}
