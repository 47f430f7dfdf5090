using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.ECS;

/// <summary>Amazon Elastic Container Service: services and tasks. Safe for several threads, and meant to be kept.</summary>
public class AmazonECSClient : AmazonServiceClient, IAmazonECS
{
    private static readonly ServicePipeline Pipeline = new(AmazonECSConfig.ServiceId);
    private static readonly JsonProtocol Protocol = new(
        "AmazonEC2ContainerServiceV20141113",
        "2014-11-13",
        camelCase: true,
        typeof(AmazonECSException)
    );

    public AmazonECSClient(AmazonECSConfig config)
        : base(config) { }

    public AmazonECSClient(AWSCredentials credentials, AmazonECSConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonECSClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonECSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Pipeline;

    public virtual Task<DeregisterTaskDefinitionResponse> DeregisterTaskDefinitionAsync(
        DeregisterTaskDefinitionRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DeregisterTaskDefinitionResponse>(request, cancellationToken);

    public virtual Task<DescribeServiceDeploymentsResponse> DescribeServiceDeploymentsAsync(
        DescribeServiceDeploymentsRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeServiceDeploymentsResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<DescribeServicesResponse> DescribeServicesAsync(
        DescribeServicesRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeServicesResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<DescribeTaskDefinitionResponse> DescribeTaskDefinitionAsync(
        DescribeTaskDefinitionRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeTaskDefinitionResponse>(request, cancellationToken);

    public virtual Task<DescribeTasksResponse> DescribeTasksAsync(
        DescribeTasksRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeTasksResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<ListServiceDeploymentsResponse> ListServiceDeploymentsAsync(
        ListServiceDeploymentsRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<ListServiceDeploymentsResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<ListServicesResponse> ListServicesAsync(
        ListServicesRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<ListServicesResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<ListTaskDefinitionsResponse> ListTaskDefinitionsAsync(
        ListTaskDefinitionsRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<ListTaskDefinitionsResponse>(request, cancellationToken);

    public virtual Task<ListTasksResponse> ListTasksAsync(ListTasksRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<ListTasksResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<RunTaskResponse> RunTaskAsync(RunTaskRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<RunTaskResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<StopTaskResponse> StopTaskAsync(StopTaskRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<StopTaskResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    public virtual Task<UpdateServiceResponse> UpdateServiceAsync(
        UpdateServiceRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<UpdateServiceResponse>(request, cancellationToken, typeof(ClusterNotFoundException));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);

    private Task<TResponse> AskAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, Protocol.Operation<TResponse>(errors), cancellationToken);
}
