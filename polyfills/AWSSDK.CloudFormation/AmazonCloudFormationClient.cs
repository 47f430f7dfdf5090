using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudFormation;

/// <summary>AWS CloudFormation: stacks and change sets. Safe for several threads, and meant to be kept.</summary>
public class AmazonCloudFormationClient : AmazonServiceClient, IAmazonCloudFormation
{
    private static readonly ServicePipeline Pipeline = new(AmazonCloudFormationConfig.ServiceId);
    private static readonly QueryProtocol Protocol = new("2010-05-15", typeof(AmazonCloudFormationException));

    public AmazonCloudFormationClient(AmazonCloudFormationConfig config)
        : base(config) { }

    public AmazonCloudFormationClient(AWSCredentials credentials, AmazonCloudFormationConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonCloudFormationClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonCloudFormationConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Pipeline;

    public virtual Task<ContinueUpdateRollbackResponse> ContinueUpdateRollbackAsync(
        ContinueUpdateRollbackRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<ContinueUpdateRollbackResponse>(request, cancellationToken);

    public virtual Task<CreateChangeSetResponse> CreateChangeSetAsync(
        CreateChangeSetRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<CreateChangeSetResponse>(request, cancellationToken, typeof(AlreadyExistsException));

    public virtual Task<DeleteChangeSetResponse> DeleteChangeSetAsync(
        DeleteChangeSetRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DeleteChangeSetResponse>(request, cancellationToken, typeof(InvalidChangeSetStatusException));

    public virtual Task<DeleteStackResponse> DeleteStackAsync(DeleteStackRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<DeleteStackResponse>(request, cancellationToken);

    public virtual Task<DescribeChangeSetResponse> DescribeChangeSetAsync(
        DescribeChangeSetRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeChangeSetResponse>(request, cancellationToken, typeof(ChangeSetNotFoundException));

    public virtual Task<DescribeEventsResponse> DescribeEventsAsync(
        DescribeEventsRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeEventsResponse>(request, cancellationToken);

    public virtual Task<DescribeStackEventsResponse> DescribeStackEventsAsync(
        DescribeStackEventsRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeStackEventsResponse>(request, cancellationToken);

    public virtual Task<DescribeStacksResponse> DescribeStacksAsync(
        DescribeStacksRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeStacksResponse>(request, cancellationToken);

    public virtual Task<ExecuteChangeSetResponse> ExecuteChangeSetAsync(
        ExecuteChangeSetRequest request,
        CancellationToken cancellationToken = default
    ) =>
        AskAsync<ExecuteChangeSetResponse>(
            request,
            cancellationToken,
            typeof(ChangeSetNotFoundException),
            typeof(InvalidChangeSetStatusException)
        );

    public virtual Task<GetTemplateResponse> GetTemplateAsync(GetTemplateRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<GetTemplateResponse>(request, cancellationToken, typeof(ChangeSetNotFoundException));

    public virtual Task<ListExportsResponse> ListExportsAsync(ListExportsRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<ListExportsResponse>(request, cancellationToken);

    public virtual Task<ListImportsResponse> ListImportsAsync(ListImportsRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<ListImportsResponse>(request, cancellationToken);

    public virtual Task<ListStackResourcesResponse> ListStackResourcesAsync(
        ListStackResourcesRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<ListStackResourcesResponse>(request, cancellationToken);

    public virtual Task<UpdateTerminationProtectionResponse> UpdateTerminationProtectionAsync(
        UpdateTerminationProtectionRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<UpdateTerminationProtectionResponse>(request, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);

    private Task<TResponse> AskAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, Protocol.Operation<TResponse>(errors), cancellationToken);
}
