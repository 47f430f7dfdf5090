using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsProtocols;

namespace Amazon.ECS;

/// <summary>Configuration for Amazon Elastic Container Service.</summary>
public class AmazonECSConfig : ClientConfig
{
    public AmazonECSConfig()
        : base(ServicePipeline.Defaults)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "ecs";
        EndpointProvider = new RegionalEndpointProvider("ecs");
    }

    public static new string ServiceId => "ECS";

    public override string RegionEndpointServiceName => "ecs";

    public override string ServiceVersion => "2014-11-13";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("ECS", "4.0.100.3");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.DetermineEndpoint(this, parameters);
}
