using Amazon.XRay.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.XRay;

/// <summary>AWS X-Ray: where traces go and how they are indexed.</summary>
public partial interface IAmazonXRay : IAmazonService, IDisposable
{
    /// <summary>How many of the traces are indexed, of those that CloudWatch Logs has.</summary>
    Task<GetIndexingRulesResponse> GetIndexingRulesAsync(GetIndexingRulesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Where traces are sent to, and whether that is in effect yet.</summary>
    Task<GetTraceSegmentDestinationResponse> GetTraceSegmentDestinationAsync(GetTraceSegmentDestinationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes how many of the traces are indexed.</summary>
    Task<UpdateIndexingRuleResponse> UpdateIndexingRuleAsync(UpdateIndexingRuleRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sends traces to X-Ray or to CloudWatch Logs.</summary>
    Task<UpdateTraceSegmentDestinationResponse> UpdateTraceSegmentDestinationAsync(UpdateTraceSegmentDestinationRequest request, CancellationToken cancellationToken = default);

    /// <summary>The endpoint that a request goes to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonXRayConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        if (clientConfig is not AmazonXRayConfig config)
        {
            throw new AmazonClientException("ClientConfig is not of type AmazonXRayConfig to create AmazonXRayClient");
        }

        return awsCredentials is null ? new AmazonXRayClient(config) : new AmazonXRayClient(awsCredentials, config);
    }
}
