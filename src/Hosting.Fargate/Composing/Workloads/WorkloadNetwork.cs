using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>Who may call a workload, and whom it may call: security groups, and a rule for each reference.</summary>
internal static class WorkloadNetwork
{
    public static TemplateResource SecurityGroup(FargateApplication application, Workload workload)
    {
        var fromLoadBalancer = workload is ServiceSpec { Routes.Length: > 0 } service
            ? service
                .Routes.Select(route => route.Port)
                .Append(service.Health.Port)
                .OfType<ContainerPort>()
                .Select(port => port.Number)
                .Distinct()
                .ToList()
            : [];
        return new(ServiceComposer.SecurityGroupId(workload), "AWS::EC2::SecurityGroup")
        {
            Comment = $"{workload.Declaration}: who may call it" + (IsCalled(workload) ? "; those that refer to it have a rule each" : ""),
            Properties = new()
            {
                ["GroupDescription"] =
                    $"{workload.Name} - "
                    + (
                        fromLoadBalancer.Count > 0 ? "from the load balancer"
                        : IsCalled(workload) ? "from those that refer to it"
                        : "nothing comes in"
                    ),
                ["VpcId"] = application.Network.VpcId(),
                ["SecurityGroupIngress"] =
                    fromLoadBalancer.Count == 0
                        ? null
                        : new TemplateList(
                            fromLoadBalancer.Select(port =>
                                (TemplateNode)
                                    new TemplateMap
                                    {
                                        ["IpProtocol"] = "tcp",
                                        ["FromPort"] = port,
                                        ["ToPort"] = port,
                                        ["SourceSecurityGroupId"] = Fn.GetAtt(SharedIds.LoadBalancerSecurityGroup, "GroupId"),
                                        ["Description"] = "from the load balancer",
                                    }
                            )
                        ),
                ["SecurityGroupEgress"] = NetworkRules.EgressToAll($"AWS, and what {workload.Name} calls"),
            },
        };
    }

    private static bool IsCalled(Workload workload) =>
        workload is ServiceSpec { ConnectEndpoints.Length: > 0 } or ServiceSpec { IsInDns: true };

    /// <summary>What it calls of other workloads: a rule each.</summary>
    public static IEnumerable<TemplateResource> WaysToOthers(Workload workload) =>
        workload
            .Connections.Concat(workload is ServiceSpec { Peers: var peers } ? peers : [])
            .DistinctBy(connection => new { connection.Server, connection.ContainerPort })
            .Select(connection => new TemplateResource(
                $"{Names.Id(connection.Server)}{connection.ContainerPort}From{workload.Id}",
                "AWS::EC2::SecurityGroupIngress"
            )
            {
                Comment = connection.Reason,
                Properties = NetworkRules.Ingress(
                    $"{Names.Id(connection.Server)}SecurityGroup",
                    ServiceComposer.SecurityGroupId(workload),
                    connection.ContainerPort,
                    $"{connection.ContainerPort} from {workload.Name}"
                ),
            });

    /// <summary>What it calls of what AWS runs itself.</summary>
    public static IEnumerable<TemplateResource> WaysToManaged(FargateApplication application, Workload workload) =>
        CacheComposer
            .Ways(application, workload)
            .Concat(DatabaseComposer.Ways(application, workload))
            .Concat(BrokerComposer.Ways(application, workload));
}
