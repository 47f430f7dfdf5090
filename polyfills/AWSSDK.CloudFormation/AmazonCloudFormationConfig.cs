using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsProtocols;

namespace Amazon.CloudFormation;

/// <summary>Configuration for AWS CloudFormation.</summary>
public class AmazonCloudFormationConfig : ClientConfig
{
    public AmazonCloudFormationConfig()
        : base(ServicePipeline.Defaults)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "cloudformation";
        EndpointProvider = new RegionalEndpointProvider("cloudformation", EndpointException);
    }

    public static new string ServiceId => "CloudFormation";

    public override string RegionEndpointServiceName => "cloudformation";

    public override string ServiceVersion => "2010-05-15";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("CloudFormation", "4.0.101.2");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.DetermineEndpoint(this, parameters);

    // In GovCloud the ordinary endpoints are the FIPS ones.
    private static string EndpointException(RegionalEndpoint endpoint) =>
        endpoint switch
        {
            { Partition: "aws-us-gov", UseFips: true, UseDualStack: false } => $"cloudformation.{endpoint.Region}.{endpoint.DnsSuffix}",
            _ => null,
        };
}
