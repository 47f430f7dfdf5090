using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudWatchLogs;

/// <summary>Amazon CloudWatch Logs: log groups, streams and events. Safe for several threads, and meant to be kept.</summary>
public class AmazonCloudWatchLogsClient : AmazonServiceClient, IAmazonCloudWatchLogs
{
    private static readonly ServicePipeline Pipeline = new(AmazonCloudWatchLogsConfig.ServiceId);
    private static readonly JsonProtocol Protocol = new(
        "Logs_20140328",
        "2014-03-28",
        camelCase: true,
        typeof(AmazonCloudWatchLogsException)
    );

    public AmazonCloudWatchLogsClient(AmazonCloudWatchLogsConfig config)
        : base(config) { }

    public AmazonCloudWatchLogsClient(AWSCredentials credentials, AmazonCloudWatchLogsConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonCloudWatchLogsClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonCloudWatchLogsConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Pipeline;

    public virtual Task<DescribeResourcePoliciesResponse> DescribeResourcePoliciesAsync(
        DescribeResourcePoliciesRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeResourcePoliciesResponse>(request, cancellationToken);

    public virtual Task<FilterLogEventsResponse> FilterLogEventsAsync(
        FilterLogEventsRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<FilterLogEventsResponse>(request, cancellationToken, typeof(ResourceNotFoundException));

    public virtual Task<GetLogEventsResponse> GetLogEventsAsync(
        GetLogEventsRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<GetLogEventsResponse>(request, cancellationToken, typeof(ResourceNotFoundException));

    public virtual Task<PutResourcePolicyResponse> PutResourcePolicyAsync(
        PutResourcePolicyRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<PutResourcePolicyResponse>(request, cancellationToken, typeof(LimitExceededException), typeof(ResourceNotFoundException));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);

    private Task<TResponse> AskAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, Protocol.Operation<TResponse>(errors), cancellationToken);
}
