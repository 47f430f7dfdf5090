using Amazon.ECS.Model;
using Hosting.Fargate.Application;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// Raises services to their minimum. One that scales has no desired count in the template, and so starts with a single task when it is made
/// or replaced; autoscaling would leave it there until an alarm says otherwise.
/// </summary>
internal sealed class DesiredCounts(DeploySession session)
{
    public async Task RaiseAsync(CancellationToken cancellationToken)
    {
        // What a schedule has lowered is meant to be low.
        var scaling = session
            .Application.Services.Where(service => service.Scaling is { Minimum: > 1, Schedules.IsEmpty: true })
            .ToDictionary(service => service.Name, service => service.Scaling!.Minimum, StringComparer.Ordinal);
        foreach (var names in scaling.Keys.Chunk(10))
        {
            var answer = await session.Aws.Ecs.DescribeServicesAsync(
                new DescribeServicesRequest { Cluster = session.Application.Name, Services = [.. names] },
                cancellationToken
            );
            foreach (var service in (answer.Services ?? []).Where(service => service.DesiredCount < scaling[service.ServiceName]))
            {
                session.Logger.LogInformation(
                    "{Service}: raising it from {Desired} task to its minimum of {Minimum}",
                    service.ServiceName,
                    service.DesiredCount,
                    scaling[service.ServiceName]
                );
                await session.Aws.Ecs.UpdateServiceAsync(
                    new UpdateServiceRequest
                    {
                        Cluster = session.Application.Name,
                        Service = service.ServiceName,
                        DesiredCount = scaling[service.ServiceName],
                    },
                    cancellationToken
                );
            }
        }
    }
}
