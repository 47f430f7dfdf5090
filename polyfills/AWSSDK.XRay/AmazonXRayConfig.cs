using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsProtocols;

namespace Amazon.XRay;

/// <summary>Configuration for AWS X-Ray.</summary>
public class AmazonXRayConfig : ClientConfig
{
    public AmazonXRayConfig()
        : base(ServicePipeline.Defaults)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "xray";
        EndpointProvider = new RegionalEndpointProvider("xray");
    }

    public static new string ServiceId => "XRay";

    public override string RegionEndpointServiceName => "xray";

    public override string ServiceVersion => "2016-04-12";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("XRay", "4.0.100.2");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.DetermineEndpoint(this, parameters);
}
