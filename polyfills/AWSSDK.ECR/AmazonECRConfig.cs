using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsProtocols;

namespace Amazon.ECR;

/// <summary>Configuration for Amazon Elastic Container Registry.</summary>
public class AmazonECRConfig : ClientConfig
{
    public AmazonECRConfig()
        : base(ServicePipeline.Defaults)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "ecr";
        EndpointProvider = new RegionalEndpointProvider("api.ecr", EndpointException);
    }

    public static new string ServiceId => "ECR";

    public override string RegionEndpointServiceName => "api.ecr";

    public override string ServiceVersion => "2015-09-21";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("ECR", "4.0.100.2");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.DetermineEndpoint(this, parameters);

    // The dual-stack endpoints have another first label, and the rules do not ask which partition has which endpoints.
    private static string EndpointException(RegionalEndpoint endpoint)
    {
        var fips = endpoint.UseFips ? "-fips" : "";
        return endpoint.UseDualStack
            ? $"ecr{fips}.{endpoint.Region}.{endpoint.DualStackDnsSuffix}"
            : $"api.ecr{fips}.{endpoint.Region}.{endpoint.DnsSuffix}";
    }
}
