using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The network of the application's own, where it does not use one that exists.</summary>
internal static class NetworkComposer
{
    public static TemplateSection Compose(FargateApplication application)
    {
        if (application.Network is not OwnNetwork network)
        {
            return new TemplateSection("network", []);
        }

        List<TemplateResource> resources =
        [
            new(SharedIds.Vpc, "AWS::EC2::VPC")
            {
                Comment =
                    $"AddFargateEnvironment(\"{application.EnvironmentResource}\"): a network of its own, in {network.Zones} availability zones",
                Properties = new()
                {
                    ["CidrBlock"] = "10.0.0.0/16",
                    ["EnableDnsSupport"] = true,
                    ["EnableDnsHostnames"] = true,
                },
            },
            new("InternetGateway", "AWS::EC2::InternetGateway") { Comment = "the way between the network and the internet" },
            new("InternetGatewayAttachment", "AWS::EC2::VPCGatewayAttachment")
            {
                Comment = "the gateway belongs to the network",
                Properties = new() { ["VpcId"] = Fn.Ref(SharedIds.Vpc), ["InternetGatewayId"] = Fn.Ref("InternetGateway") },
            },
            new("PublicRouteTable", "AWS::EC2::RouteTable")
            {
                Comment = "the routes of the public subnets",
                Properties = new() { ["VpcId"] = Fn.Ref(SharedIds.Vpc) },
            },
            new(SharedIds.InternetRoute, "AWS::EC2::Route")
            {
                Comment = "what is not for the network itself goes to the internet",
                DependsOn = ["InternetGatewayAttachment"],
                Properties = new()
                {
                    ["RouteTableId"] = Fn.Ref("PublicRouteTable"),
                    ["DestinationCidrBlock"] = "0.0.0.0/0",
                    ["GatewayId"] = Fn.Ref("InternetGateway"),
                },
            },
        ];
        foreach (var (index, zone) in SharedIds.Zones(network).Index())
        {
            resources.AddRange(
                Subnet(
                    application,
                    $"PublicSubnet{zone}",
                    index,
                    index * 16,
                    "PublicRouteTable",
                    $"zone {zone}: {PublicUse(application, network)}"
                )
            );
        }

        if (application.HasPrivateEdge && network.Tasks == TaskPlacement.Public)
        {
            AddEdgeSubnets(application, network, resources);
        }

        if (network.Tasks != TaskPlacement.Public)
        {
            AddPrivateSubnets(application, network, resources);
        }

        if (WhatHasData(application) is { Length: > 0 })
        {
            AddDataSubnets(application, network, resources);
        }

        resources.AddRange(EndpointComposer.Gateways(application, network));
        if (network.FlowLogDays is not null)
        {
            resources.Add(FlowLogsComposer.FlowLog(application));
        }

        if (network.Tasks == TaskPlacement.PrivateWithEndpoints)
        {
            resources.AddRange(EndpointComposer.Interfaces(application));
        }

        return new TemplateSection("network", resources);
    }

    private static string PublicUse(FargateApplication application, OwnNetwork network) =>
        (application.HasPrivateEdge, network.Tasks) switch
        {
            (false, TaskPlacement.Public) =>
                "the load balancer and the tasks, which have public addresses and admit the load balancer alone",
            (false, _) => "the load balancer",
            (true, TaskPlacement.Public) => "the tasks, which have public addresses and admit the load balancer alone",
            (true, TaskPlacement.PrivateWithNat) => "the NAT gateways; the load balancer is private, behind CloudFront",
            (true, _) => "nothing, since the load balancer is private, behind CloudFront",
        };

    /// <summary>
    /// A VPC origin is in private subnets, of a network with an internet gateway that leads nowhere there:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html.
    /// </summary>
    private static void AddEdgeSubnets(FargateApplication application, OwnNetwork network, List<TemplateResource> resources)
    {
        const string table = "LoadBalancerRouteTable";
        resources.Add(
            new(table, "AWS::EC2::RouteTable")
            {
                Comment = "WithCloudFront: the load balancer has no way to the internet, nor from it",
                Properties = new() { ["VpcId"] = Fn.Ref(SharedIds.Vpc) },
            }
        );
        foreach (var (index, zone) in SharedIds.Zones(network).Index())
        {
            resources.AddRange(
                Subnet(
                    application,
                    $"{SharedIds.EdgeSubnet}{zone}",
                    index,
                    64 + (index * 16),
                    table,
                    $"zone {zone}: the load balancer, which CloudFront alone reaches"
                )
            );
        }
    }

    public static string PrivateTable(string zone) => $"PrivateRouteTable{zone}";

    private static IEnumerable<TemplateResource> Subnet(
        FargateApplication application,
        string id,
        int zone,
        int third,
        string table,
        string comment
    ) =>
        [
            new(id, "AWS::EC2::Subnet") { Comment = comment, Properties = SubnetProperties(application, zone, third) },
            new($"{id}Routes", "AWS::EC2::SubnetRouteTableAssociation")
            {
                Comment = $"the routes of {id}",
                Properties = new() { ["SubnetId"] = Fn.Ref(id), ["RouteTableId"] = Fn.Ref(table) },
            },
        ];

    private static TemplateMap SubnetProperties(FargateApplication application, int zone, int third) =>
        new()
        {
            ["VpcId"] = Fn.Ref(SharedIds.Vpc),
            ["CidrBlock"] = $"10.0.{third}.0/20",
            ["AvailabilityZone"] = Fn.Select(zone, application.HasPrivateEdge ? Fn.Ref(EdgeComposer.ZonesParameter) : Fn.GetAZs()),
        };

    private static void AddPrivateSubnets(FargateApplication application, OwnNetwork network, List<TemplateResource> resources)
    {
        var gateways = Math.Min(network.NatGateways, network.Zones);
        foreach (var zone in SharedIds.Zones(network).Take(gateways))
        {
            resources.Add(
                new($"NatAddress{zone}", "AWS::EC2::EIP")
                {
                    Comment = "the address that private tasks have to the outside",
                    DependsOn = ["InternetGatewayAttachment"],
                    Properties = new() { ["Domain"] = "vpc" },
                }
            );
            resources.Add(
                new($"NatGateway{zone}", "AWS::EC2::NatGateway")
                {
                    Comment =
                        $"WithPrivateTasks(natGateways: {network.NatGateways}): the way of private tasks to the internet, billed by the hour and by what goes through",
                    DependsOn = [SharedIds.InternetRoute, $"PublicSubnet{zone}Routes"],
                    Properties = new()
                    {
                        ["AllocationId"] = Fn.GetAtt($"NatAddress{zone}", "AllocationId"),
                        ["SubnetId"] = Fn.Ref($"PublicSubnet{zone}"),
                    },
                }
            );
        }

        foreach (var (index, zone) in SharedIds.Zones(network).Index())
        {
            resources.Add(
                new(PrivateTable(zone), "AWS::EC2::RouteTable")
                {
                    Comment = $"the routes of the private subnet in zone {zone}",
                    Properties = new() { ["VpcId"] = Fn.Ref(SharedIds.Vpc) },
                }
            );
            if (gateways > 0)
            {
                var gateway = SharedIds.Zones(network).ElementAt(index % gateways);
                resources.Add(
                    new($"PrivateRoute{zone}", "AWS::EC2::Route")
                    {
                        Comment = "to the internet by the NAT gateway",
                        Properties = new()
                        {
                            ["RouteTableId"] = Fn.Ref(PrivateTable(zone)),
                            ["DestinationCidrBlock"] = "0.0.0.0/0",
                            ["NatGatewayId"] = Fn.Ref($"NatGateway{gateway}"),
                        },
                    }
                );
            }

            resources.AddRange(
                Subnet(
                    application,
                    $"PrivateSubnet{zone}",
                    index,
                    128 + (index * 16),
                    PrivateTable(zone),
                    $"zone {zone}: the tasks, which nothing outside reaches"
                )
            );
        }
    }

    /// <summary>
    /// Subnets for databases, brokers and nodes of caches alone: a server cannot leave the subnets that it is in, wherever the tasks go.
    /// Without a route table of their own they have the network's main one, which leads nowhere else.
    /// </summary>
    private static void AddDataSubnets(FargateApplication application, OwnNetwork network, List<TemplateResource> resources) =>
        resources.AddRange(
            SharedIds
                .Zones(network)
                .Select(
                    (zone, index) =>
                        new TemplateResource(SharedIds.DataSubnet(zone), "AWS::EC2::Subnet")
                        {
                            Comment = $"zone {zone}: {WhatHasData(application)}, with no way to the internet or from it",
                            Properties = SubnetProperties(application, index, 192 + (index * 16)),
                        }
                )
        );

    /// <summary>What is in those subnets, in words; empty for nothing.</summary>
    private static string WhatHasData(FargateApplication application) =>
        string.Join(
            " and ",
            new[]
            {
                application.Databases.Length > 0 ? "databases" : null,
                application.Brokers.Length > 0 ? "brokers" : null,
                application.Caches.Any(cache => cache.Nodes is not null) ? "caches" : null,
            }.OfType<string>()
        );
}
