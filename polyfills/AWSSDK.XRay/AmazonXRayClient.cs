using Amazon.XRay.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.XRay;

/// <summary>AWS X-Ray: where traces go and how they are indexed. A client is safe for several threads, and meant to be kept.</summary>
public partial class AmazonXRayClient : AmazonServiceClient, IAmazonXRay
{
    private static readonly ServicePipeline Pipeline = new(AmazonXRayConfig.ServiceId);

    public AmazonXRayClient()
        : base(new AmazonXRayConfig())
    {
    }

    public AmazonXRayClient(RegionEndpoint region)
        : base(new AmazonXRayConfig { RegionEndpoint = region })
    {
    }

    public AmazonXRayClient(AmazonXRayConfig config)
        : base(config)
    {
    }

    public AmazonXRayClient(AWSCredentials credentials)
        : this(credentials, new AmazonXRayConfig())
    {
    }

    public AmazonXRayClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonXRayConfig { RegionEndpoint = region })
    {
    }

    public AmazonXRayClient(AWSCredentials credentials, AmazonXRayConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonXRayClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonXRayConfig())
    {
    }

    public AmazonXRayClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonXRayConfig { RegionEndpoint = region })
    {
    }

    public AmazonXRayClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonXRayConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    public AmazonXRayClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonXRayConfig())
    {
    }

    public AmazonXRayClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonXRayConfig { RegionEndpoint = region })
    {
    }

    public AmazonXRayClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonXRayConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Pipeline;

    public virtual Task<GetIndexingRulesResponse> GetIndexingRulesAsync(GetIndexingRulesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetIndexingRulesResponse>(request, Operations.GetIndexingRules, cancellationToken);

    public virtual Task<GetTraceSegmentDestinationResponse> GetTraceSegmentDestinationAsync(GetTraceSegmentDestinationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetTraceSegmentDestinationResponse>(request, Operations.GetTraceSegmentDestination, cancellationToken);

    public virtual Task<UpdateIndexingRuleResponse> UpdateIndexingRuleAsync(UpdateIndexingRuleRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateIndexingRuleResponse>(request, Operations.UpdateIndexingRule, cancellationToken);

    public virtual Task<UpdateTraceSegmentDestinationResponse> UpdateTraceSegmentDestinationAsync(UpdateTraceSegmentDestinationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateTraceSegmentDestinationResponse>(request, Operations.UpdateTraceSegmentDestination, cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);
}
