using Amazon.ECS.Model;
using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Amazon Elastic Container Service: services and tasks.</summary>
public interface IAmazonECS : IAmazonService, IDisposable
{
    /// <summary>Makes a revision of a task definition one that nothing new is started from.</summary>
    Task<DeregisterTaskDefinitionResponse> DeregisterTaskDefinitionAsync(
        DeregisterTaskDefinitionRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Deployments of services: their state, their revisions, their circuit breaker and their rollback.</summary>
    Task<DescribeServiceDeploymentsResponse> DescribeServiceDeploymentsAsync(
        DescribeServiceDeploymentsRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Services, their deployments and their events.</summary>
    Task<DescribeServicesResponse> DescribeServicesAsync(DescribeServicesRequest request, CancellationToken cancellationToken = default);

    /// <summary>One revision of a task definition.</summary>
    Task<DescribeTaskDefinitionResponse> DescribeTaskDefinitionAsync(
        DescribeTaskDefinitionRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Tasks, with why they and their containers stopped.</summary>
    Task<DescribeTasksResponse> DescribeTasksAsync(DescribeTasksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deployments of a service.</summary>
    Task<ListServiceDeploymentsResponse> ListServiceDeploymentsAsync(
        ListServiceDeploymentsRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>The services of a cluster.</summary>
    Task<ListServicesResponse> ListServicesAsync(ListServicesRequest request, CancellationToken cancellationToken = default);

    /// <summary>The revisions of task definitions.</summary>
    Task<ListTaskDefinitionsResponse> ListTaskDefinitionsAsync(
        ListTaskDefinitionsRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>The tasks of a cluster.</summary>
    Task<ListTasksResponse> ListTasksAsync(ListTasksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts tasks that belong to no service.</summary>
    Task<RunTaskResponse> RunTaskAsync(RunTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>Stops a task.</summary>
    Task<StopTaskResponse> StopTaskAsync(StopTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes a service, as a new deployment where needed.</summary>
    Task<UpdateServiceResponse> UpdateServiceAsync(UpdateServiceRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonECSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials is null
            ? new AmazonECSClient((AmazonECSConfig)clientConfig)
            : new AmazonECSClient(awsCredentials, (AmazonECSConfig)clientConfig);
}
