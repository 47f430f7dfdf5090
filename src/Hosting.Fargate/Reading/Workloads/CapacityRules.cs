using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What a launch type cannot do, refused with the reason. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_types.html
/// </summary>
internal static class CapacityRules
{
    public static void Check(PublishedResource resource, NetworkPlan network, Telemetry telemetry, Refusals refusals)
    {
        var options = resource.Options;
        switch (options.Capacity)
        {
            case ExternalCapacity:
                CheckExternal(resource, telemetry, Refuse);
                break;
            case Ec2Capacity or ManagedInstancesCapacity when network.TasksArePublic:
                Refuse(
                    $"runs on {NameOf(options.Capacity)}, where a task cannot have a public address: in public subnets it would reach "
                        + "nothing, not even its image. Put tasks into private subnets (WithPrivateTasks) or into those of a network that "
                        + "exists (WithExistingVpc, without publicTasks)."
                );
                break;
        }

        if (options.Capacity is not FargateCapacity && options.EphemeralStorage is not null)
        {
            Refuse(
                $"sets EphemeralStorage, which is Fargate's, and runs on {NameOf(options.Capacity)}. Leave it out: the instance's disk "
                    + "is what there is."
            );
        }

        if (resource.Task is { Schedule: null } && options.Capacity is ExternalCapacity)
        {
            Refuse("runs in each deploy and on External, where deploy does not know a machine to be there. Run it on Fargate.");
        }

        if (options.EphemeralStorage is < 21 or > 200)
        {
            Refuse(
                $"sets EphemeralStorage = {options.EphemeralStorage}. Fargate takes 21 to 200 GiB; 20 is free and what there is unless "
                    + "set."
            );
        }

        void Refuse(string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");
    }

    private static void CheckExternal(PublishedResource resource, Telemetry telemetry, Action<string> refuse)
    {
        if (resource.Endpoints.Any(endpoint => endpoint.IsExternal))
        {
            refuse(
                "runs on External and has external endpoints, and ECS Anywhere has no load balancer. Take WithExternalHttpEndpoints "
                    + "away, or run it on Fargate."
            );
        }

        if (telemetry is Telemetry.CloudWatchAgent or Telemetry.Collector && PublishesTelemetry.Of(resource.Resource))
        {
            refuse(
                "runs on External, where containers of a task share no localhost (there is no awsvpc), so that a telemetry sidecar "
                    + "cannot be reached. Set service.Telemetry to Telemetry.Direct or Telemetry.None."
            );
        }

        if (resource.Service is { Deployment: TrafficShiftDeployment })
        {
            refuse(
                "runs on External and shifts traffic as it deploys, which takes a load balancer. Use DeploymentStrategy.Rolling, or run it on "
                    + "Fargate."
            );
        }

        if (
            resource
                .Resource.Annotations.OfType<Aspire.Hosting.ApplicationModel.ContainerMountAnnotation>()
                .Any(mount => !string.IsNullOrEmpty(mount.Source))
        )
        {
            refuse("runs on External and mounts a volume, which is on Amazon EFS: ECS Anywhere cannot mount it. Run it on Fargate.");
        }
    }

    internal static string NameOf(Capacity capacity) =>
        capacity switch
        {
            FargateCapacity { SpotPercent: 0 } => "Fargate",
            FargateCapacity => "Fargate Spot",
            ManagedInstancesCapacity => "ECS Managed Instances",
            Ec2Capacity ec2 => $"the capacity provider '{ec2.CapacityProvider}'",
            _ => "External",
        };
}
