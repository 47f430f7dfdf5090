using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.XRay.Model;
using AwsProtocols;

namespace Amazon.XRay;

/// <summary>AWS X-Ray: where traces go and how they are indexed. Safe for several threads, and meant to be kept.</summary>
public class AmazonXRayClient : AmazonServiceClient, IAmazonXRay
{
    private static readonly ServicePipeline Pipeline = new(AmazonXRayConfig.ServiceId);
    private static readonly RestJsonProtocol Protocol = new("2016-04-12", typeof(AmazonXRayException));

    public AmazonXRayClient(AmazonXRayConfig config)
        : base(config) { }

    public AmazonXRayClient(AWSCredentials credentials, AmazonXRayConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonXRayClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonXRayConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Pipeline;

    public virtual Task<GetTraceSegmentDestinationResponse> GetTraceSegmentDestinationAsync(
        GetTraceSegmentDestinationRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<GetTraceSegmentDestinationResponse>(request, cancellationToken, typeof(InvalidRequestException));

    public virtual Task<UpdateTraceSegmentDestinationResponse> UpdateTraceSegmentDestinationAsync(
        UpdateTraceSegmentDestinationRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<UpdateTraceSegmentDestinationResponse>(request, cancellationToken, typeof(InvalidRequestException));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);

    private Task<TResponse> AskAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, Protocol.Operation<TResponse>(errors), cancellationToken);
}
