using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// Names in a service of what its task definition has: ports of Service Connect, containers behind a load balancer. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html
/// </summary>
internal static class ServiceNames
{
    public static IEnumerable<Fault> Check(Template template) =>
        from service in template.Services()
        let taskDefinition = template.TaskDefinitionOf(service)
        let containers = taskDefinition?.Properties.At("ContainerDefinitions").AllMaps()
        where containers is not null
        from fault in ConnectPorts(service, taskDefinition, containers).Concat(LoadBalancedContainers(service, taskDefinition, containers))
        select fault;

    private static IEnumerable<Fault> ConnectPorts(
        TemplateResource service,
        TemplateResource taskDefinition,
        IReadOnlyList<TemplateMap> containers
    )
    {
        var mappings = containers.Select(container => container.At("PortMappings").AllMaps().AllNames("Name")).ToArray();
        if (mappings.Contains(null))
        {
            yield break;
        }

        string[] names = [.. mappings.SelectMany(names => names!)];
        foreach (var connect in service.Properties.At("ServiceConnectConfiguration", "Services").Maps())
        {
            if (connect.At("PortName").AsText() is { } name && !names.Contains(name))
            {
                yield return new Fault(
                    service.Id,
                    $"has the Service Connect port '{name}', and '{taskDefinition.Id}' has no port mapping of that name "
                        + $"(its names: {TemplateReading.Listed(names)}). Name one of them as PortName, or give a port mapping that Name."
                );
            }
        }
    }

    private static IEnumerable<Fault> LoadBalancedContainers(
        TemplateResource service,
        TemplateResource taskDefinition,
        IReadOnlyList<TemplateMap> containers
    )
    {
        if (containers.AllNames("Name") is not { } names)
        {
            yield break;
        }

        foreach (var loadBalancer in service.Properties.At("LoadBalancers").Maps())
        {
            if (loadBalancer.At("ContainerName").AsText() is not { } name)
            {
                continue;
            }

            if (containers.FirstOrDefault(container => container.At("Name").AsText() == name) is not { } container)
            {
                yield return new Fault(
                    service.Id,
                    $"has a load balancer for the container '{name}', and '{taskDefinition.Id}' has none of that name "
                        + $"(its containers: {TemplateReading.Listed(names)}). Name one of them as ContainerName."
                );
            }
            else if (loadBalancer.At("ContainerPort").AsInt() is { } port && Ports(container) is { } ports && !ports.Contains(port))
            {
                yield return new Fault(
                    service.Id,
                    $"has a load balancer for port {port} of the container '{name}', and '{taskDefinition.Id}' maps no such port there "
                        + $"(its ports: {(ports.Count == 0 ? "none" : string.Join(", ", ports))}). Name one of them as ContainerPort, or add a port mapping."
                );
            }
        }
    }

    /// <summary>The ports of a container; null where not all are known, as with a range.</summary>
    private static IReadOnlyList<int>? Ports(TemplateMap container)
    {
        if (container.At("PortMappings").AllMaps() is not { } mappings)
        {
            return null;
        }

        int[] ports = [.. mappings.Select(mapping => mapping.At("ContainerPort").AsInt()).OfType<int>()];
        return ports.Length == mappings.Count ? ports : null;
    }
}
