using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsProtocols;

namespace Amazon.SecretsManager;

/// <summary>Configuration for AWS Secrets Manager.</summary>
public class AmazonSecretsManagerConfig : ClientConfig
{
    public AmazonSecretsManagerConfig()
        : base(ServicePipeline.Defaults)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "secretsmanager";
        EndpointProvider = new RegionalEndpointProvider("secretsmanager", EndpointException);
    }

    public static new string ServiceId => "Secrets Manager";

    public override string RegionEndpointServiceName => "secretsmanager";

    public override string ServiceVersion => "2017-10-17";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("Secrets_Manager", "4.0.100.2");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.DetermineEndpoint(this, parameters);

    // Where IPv6 reaches the ordinary endpoints, they are the dual-stack ones.
    private static string EndpointException(RegionalEndpoint endpoint) =>
        endpoint switch
        {
            { Partition: "aws" or "aws-us-gov", UseFips: true, UseDualStack: true } =>
                $"secretsmanager-fips.{endpoint.Region}.{endpoint.DnsSuffix}",
            { Partition: "aws" or "aws-cn" or "aws-us-gov", UseFips: false, UseDualStack: true } =>
                $"secretsmanager.{endpoint.Region}.{endpoint.DnsSuffix}",
            _ => null,
        };
}
