using Amazon.ECS.Model;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.ECS;

/// <summary>How each operation is asked and answered, and which exceptions it declares.</summary>
internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.ECS", "AmazonEC2ContainerServiceV20141113", "2014-11-13", camelCase: true, typeof(AmazonECSException));

    public static readonly InvokeOptions DescribeClusters = Service.Operation<DescribeClustersResponse>(
        "DescribeClusters",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(InvalidParameterException),
        typeof(ServerException));

    public static readonly InvokeOptions DescribeServiceDeployments = Service.Operation<DescribeServiceDeploymentsResponse>(
        "DescribeServiceDeployments",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException),
        typeof(ServiceNotFoundException),
        typeof(UnsupportedFeatureException));

    public static readonly InvokeOptions DescribeServiceRevisions = Service.Operation<DescribeServiceRevisionsResponse>(
        "DescribeServiceRevisions",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException),
        typeof(ServiceNotFoundException),
        typeof(UnsupportedFeatureException));

    public static readonly InvokeOptions DescribeServices = Service.Operation<DescribeServicesResponse>(
        "DescribeServices",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException));

    public static readonly InvokeOptions DescribeTaskDefinition = Service.Operation<DescribeTaskDefinitionResponse>(
        "DescribeTaskDefinition",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(InvalidParameterException),
        typeof(ServerException));

    public static readonly InvokeOptions DescribeTasks = Service.Operation<DescribeTasksResponse>(
        "DescribeTasks",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException));

    public static readonly InvokeOptions ListServiceDeployments = Service.Operation<ListServiceDeploymentsResponse>(
        "ListServiceDeployments",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException),
        typeof(ServiceNotFoundException),
        typeof(UnsupportedFeatureException));

    public static readonly InvokeOptions ListServices = Service.Operation<ListServicesResponse>(
        "ListServices",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException));

    public static readonly InvokeOptions ListTasks = Service.Operation<ListTasksResponse>(
        "ListTasks",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException),
        typeof(ServiceNotFoundException));

    public static readonly InvokeOptions RunTask = Service.Operation<RunTaskResponse>(
        "RunTask",
        typeof(AccessDeniedException),
        typeof(BlockedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(ConflictException),
        typeof(InvalidParameterException),
        typeof(PlatformTaskDefinitionIncompatibilityException),
        typeof(PlatformUnknownException),
        typeof(ServerException),
        typeof(UnsupportedFeatureException));

    public static readonly InvokeOptions StopTask = Service.Operation<StopTaskResponse>(
        "StopTask",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(ServerException));

    public static readonly InvokeOptions UpdateService = Service.Operation<UpdateServiceResponse>(
        "UpdateService",
        typeof(AccessDeniedException),
        typeof(ClientException),
        typeof(ClusterNotFoundException),
        typeof(InvalidParameterException),
        typeof(NamespaceNotFoundException),
        typeof(PlatformTaskDefinitionIncompatibilityException),
        typeof(PlatformUnknownException),
        typeof(ServerException),
        typeof(ServiceNotActiveException),
        typeof(ServiceNotFoundException),
        typeof(UnsupportedFeatureException));
}
