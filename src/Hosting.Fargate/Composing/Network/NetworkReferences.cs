using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The network as the resources in it name it.</summary>
internal static class NetworkReferences
{
    public static TemplateNode VpcId(this NetworkPlan network) =>
        network is ExistingNetwork existing ? existing.VpcId : Fn.Ref(SharedIds.Vpc);

    public static TemplateNode CidrBlock(this NetworkPlan network) =>
        network is ExistingNetwork existing ? existing.CidrBlock : Fn.GetAtt(SharedIds.Vpc, "CidrBlock");

    /// <summary>
    /// Behind CloudFront the load balancer is in private subnets: those of the tasks, or its own where tasks are in public ones.
    /// </summary>
    public static TemplateList LoadBalancerSubnets(this FargateApplication application) =>
        application.Network switch
        {
            ExistingNetwork existing => new(existing.LoadBalancerSubnets.Select(id => (TemplateNode)id)),
            OwnNetwork own => Subnets(
                own,
                !application.HasPrivateEdge ? "PublicSubnet"
                    : own.Tasks == TaskPlacement.Public ? SharedIds.EdgeSubnet
                    : "PrivateSubnet"
            ),
            var network => throw new InvalidOperationException($"{network.GetType().Name} is no kind of network."),
        };

    public static TemplateList TaskSubnets(this NetworkPlan network) =>
        network switch
        {
            ExistingNetwork existing => new(existing.TaskSubnets.Select(id => (TemplateNode)id)),
            OwnNetwork own => Subnets(own, own.Tasks == TaskPlacement.Public ? "PublicSubnet" : "PrivateSubnet"),
            _ => throw new InvalidOperationException($"{network.GetType().Name} is no kind of network."),
        };

    /// <summary>
    /// Where databases, brokers and nodes of caches are: in a network of the application's own in subnets for them alone.
    /// </summary>
    public static TemplateList DataSubnets(this NetworkPlan network) =>
        network is OwnNetwork own ? new(SharedIds.Zones(own).Select(zone => Fn.Ref(SharedIds.DataSubnet(zone)))) : network.TaskSubnets();

    private static TemplateList Subnets(OwnNetwork network, string kind) =>
        new(SharedIds.Zones(network).Select(zone => Fn.Ref($"{kind}{zone}")));

    /// <summary>What must be there before a task can pull its image: the routes, which nothing else names.</summary>
    public static IEnumerable<string> RoutesOfTasks(this NetworkPlan network) =>
        network switch
        {
            OwnNetwork { Tasks: TaskPlacement.Public } => network.RoutesOfLoadBalancer(),
            OwnNetwork { Tasks: TaskPlacement.PrivateWithNat } own => SharedIds
                .Zones(own)
                .SelectMany(zone => new[] { $"PrivateRoute{zone}", $"PrivateSubnet{zone}Routes" }),
            OwnNetwork own => SharedIds.Zones(own).Select(zone => $"PrivateSubnet{zone}Routes"),
            _ => [],
        };

    public static IEnumerable<string> RoutesOfLoadBalancer(this NetworkPlan network) =>
        network is OwnNetwork own ? SharedIds.Zones(own).Select(zone => $"PublicSubnet{zone}Routes").Prepend(SharedIds.InternetRoute) : [];

    /// <summary>Where tasks are in the network.</summary>
    public static TemplateMap Configuration(this NetworkPlan network, string securityGroup, Capacity capacity) =>
        new()
        {
            ["AwsvpcConfiguration"] = new TemplateMap
            {
                // On instances a task has no public address: ECS refuses the word.
                ["AssignPublicIp"] =
                    capacity is not FargateCapacity ? null
                    : network.TasksArePublic ? "ENABLED"
                    : "DISABLED",
                ["Subnets"] = network.TaskSubnets(),
                ["SecurityGroups"] = new TemplateList([Fn.GetAtt(securityGroup, "GroupId")]),
            },
        };
}
