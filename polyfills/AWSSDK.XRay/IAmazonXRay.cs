using Amazon.Runtime;
using Amazon.XRay.Model;

namespace Amazon.XRay;

/// <summary>AWS X-Ray: where traces go and how they are indexed.</summary>
public interface IAmazonXRay : IAmazonService, IDisposable
{
    /// <summary>Where traces are sent to, and whether that is in effect yet.</summary>
    Task<GetTraceSegmentDestinationResponse> GetTraceSegmentDestinationAsync(
        GetTraceSegmentDestinationRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Sends traces to X-Ray or to CloudWatch Logs.</summary>
    Task<UpdateTraceSegmentDestinationResponse> UpdateTraceSegmentDestinationAsync(
        UpdateTraceSegmentDestinationRequest request,
        CancellationToken cancellationToken = default
    );

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonXRayConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials is null
            ? new AmazonXRayClient((AmazonXRayConfig)clientConfig)
            : new AmazonXRayClient(awsCredentials, (AmazonXRayConfig)clientConfig);
}
