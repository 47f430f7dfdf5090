using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// Settings of a service that do not go together. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
/// </summary>
internal static class ServiceSettings
{
    public static IEnumerable<Fault> Check(Template template) =>
        template
            .Services()
            .SelectMany(service =>
                GracePeriod(template, service).Concat(CircuitBreaker(service)).Concat(Launch(service, service.Properties))
            )
            .Concat(
                template
                    .OfType("AWS::Scheduler::Schedule")
                    .SelectMany(schedule => Launch(schedule, schedule.Properties.At("Target", "EcsParameters")))
            );

    private static IEnumerable<Fault> GracePeriod(Template template, TemplateResource service)
    {
        // VPC Lattice and the health checks of containers have the grace period too.
        if (
            service.Properties.At("HealthCheckGracePeriodSeconds").AsInt() is > 0 and var seconds
            && service.Properties.At("LoadBalancers").AllMaps() is []
            && service.Properties.At("VpcLatticeConfigurations").AllMaps() is []
            && template.TaskDefinitionOf(service)?.Properties.At("ContainerDefinitions").AllMaps() is { } containers
            && containers.All(container => container.At("HealthCheck") is null)
        )
        {
            yield return new Fault(
                service.Id,
                $"has a health check grace period of {seconds} s and no load balancer. Take HealthCheckGracePeriodSeconds out, or add LoadBalancers."
            );
        }
    }

    private static IEnumerable<Fault> CircuitBreaker(TemplateResource service)
    {
        var configuration = service.Properties.At("DeploymentConfiguration");
        if (
            configuration.At("Strategy").AsText() is ("BLUE_GREEN" or "LINEAR" or "CANARY") and var strategy
            && configuration.At("DeploymentCircuitBreaker", "Enable").AsBool() == true
        )
        {
            yield return new Fault(
                service.Id,
                $"has a deployment circuit breaker with the strategy {strategy}, and ECS has it for ROLLING alone. "
                    + "Take DeploymentCircuitBreaker out and roll back by DeploymentConfiguration.Alarms."
            );
        }
    }

    private static IEnumerable<Fault> Launch(TemplateResource resource, TemplateNode? settings)
    {
        if (settings.At("LaunchType") is TemplateScalar launchType && settings.At("CapacityProviderStrategy").Items().Any())
        {
            yield return new Fault(
                resource.Id,
                $"has both LaunchType ({launchType}) and CapacityProviderStrategy, and ECS takes one of them. Take LaunchType out."
            );
        }
    }
}
