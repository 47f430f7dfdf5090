using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Names in DNS for services that tasks call which end, for Service Connect serves the tasks of services alone, and for those that call
/// each other, since by Service Connect a service sees only what was there before it. ECS keeps the addresses of a service's tasks in AWS
/// Cloud Map, and that keeps a private zone of the network. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html.
/// </summary>
internal static class DiscoveryComposer
{
    public static string Id(ServiceSpec service) => $"{service.Id}Discovery";

    public static TemplateResource Namespace(FargateApplication application) =>
        new(SharedIds.DnsNamespace, "AWS::ServiceDiscovery::PrivateDnsNamespace")
        {
            Comment = application.Services.Any(service => service.Connections.Any(connection => connection.IsByDns))
                ? "where services that call each other, and tasks that end, find services by DNS"
                : "where tasks that end find services, by DNS: they have no Service Connect",
            Properties = new() { ["Name"] = application.DnsZone, ["Vpc"] = application.Network.VpcId() },
        };

    /// <summary>The service's name in the zone, which leads to the addresses of its tasks that work.</summary>
    public static TemplateResource Compose(FargateApplication application, ServiceSpec service)
    {
        var callers = application
            .Workloads.Where(workload => workload.Connections.Any(connection => connection.IsByDns && connection.Server == service.Name))
            .Select(workload => workload.Name);
        return new(Id(service), "AWS::ServiceDiscovery::Service")
        {
            Comment = $"{service.Name.ToLowerInvariant()}.{application.DnsZone}, for {string.Join(" and ", callers)}",
            Properties = new()
            {
                ["Name"] = service.Name.ToLowerInvariant(),
                ["NamespaceId"] = Fn.Ref(SharedIds.DnsNamespace),
                ["DnsConfig"] = new TemplateMap
                {
                    ["DnsRecords"] = new TemplateList([new TemplateMap { ["Type"] = "A", ["TTL"] = 10 }]),
                    ["RoutingPolicy"] = "MULTIVALUE",
                },

                // ECS says of each task whether it works; without this all are taken to.
                ["HealthCheckCustomConfig"] = new TemplateMap { ["FailureThreshold"] = 1 },
            },
        };
    }
}
