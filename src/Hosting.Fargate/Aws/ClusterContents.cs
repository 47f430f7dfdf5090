using System.Runtime.CompilerServices;
using Amazon.ECS;
using Amazon.ECS.Model;
using EcsTask = Amazon.ECS.Model.Task;

namespace Hosting.Fargate.Aws;

/// <summary>What runs in a cluster, a page at a time.</summary>
internal static class ClusterContents
{
    /// <summary>The services of a cluster, those that are being deleted too.</summary>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    public static async IAsyncEnumerable<Service> ServicesAsync(
        this IAmazonECS ecs,
        string cluster,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Ten a page, which is what can be described at once:
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html.
        var request = new ListServicesRequest { Cluster = cluster, MaxResults = 10 };
        do
        {
            var page = await ecs.ListServicesAsync(request, cancellationToken);
            if (page.ServiceArns is { Count: > 0 } arns)
            {
                var described = await ecs.DescribeServicesAsync(
                    new DescribeServicesRequest { Cluster = cluster, Services = arns },
                    cancellationToken
                );
                foreach (var service in described.Services ?? [])
                {
                    yield return service;
                }
            }

            request.NextToken = page.NextToken;
        } while (request.NextToken is not null);
    }

    /// <summary>The tasks of a cluster that run, or are to run.</summary>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    public static async IAsyncEnumerable<EcsTask> TasksAsync(
        this IAmazonECS ecs,
        string cluster,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListTasksRequest { Cluster = cluster };
        do
        {
            var page = await ecs.ListTasksAsync(request, cancellationToken);
            if (page.TaskArns is { Count: > 0 } arns)
            {
                var described = await ecs.DescribeTasksAsync(
                    new DescribeTasksRequest { Cluster = cluster, Tasks = arns },
                    cancellationToken
                );
                foreach (var task in described.Tasks ?? [])
                {
                    yield return task;
                }
            }

            request.NextToken = page.NextToken;
        } while (request.NextToken is not null);
    }
}
