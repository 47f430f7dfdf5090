using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The VPC endpoints: ways to AWS's services that do not go over the internet.</summary>
internal static class EndpointComposer
{
    /// <summary>Those that cost nothing: of S3, and of what holds data and has one.</summary>
    public static IEnumerable<TemplateResource> Gateways(FargateApplication application, OwnNetwork network)
    {
        var routeTables =
            network.Tasks == TaskPlacement.Public ? ["PublicRouteTable"] : SharedIds.Zones(network).Select(NetworkComposer.PrivateTable);
        yield return new("S3Endpoint", "AWS::EC2::VPCEndpoint")
        {
            Comment = "free, and keeps what goes to and from S3, image layers too, off the internet and the NAT gateways",
            Properties = new()
            {
                ["VpcId"] = Fn.Ref(SharedIds.Vpc),
                ["VpcEndpointType"] = "Gateway",
                ["ServiceName"] = Fn.Sub("com.amazonaws.${AWS::Region}.s3"),
                ["RouteTableIds"] = new TemplateList(routeTables.Select(Fn.Ref)),
            },
        };
        foreach (
            var endpoint in application
                .Data.Select(data => data.Endpoint)
                .OfType<DataEndpoint>()
                .Where(endpoint => endpoint.IsGateway)
                .Distinct()
        )
        {
            yield return new($"{Names.Id(endpoint.Service)}Endpoint", "AWS::EC2::VPCEndpoint")
            {
                Comment = endpoint.Reason,
                Properties = new()
                {
                    ["VpcId"] = Fn.Ref(SharedIds.Vpc),
                    ["VpcEndpointType"] = "Gateway",
                    ["ServiceName"] = Fn.Sub($"com.amazonaws.${{AWS::Region}}.{endpoint.Service}"),
                    ["RouteTableIds"] = new TemplateList(routeTables.Select(Fn.Ref)),
                },
            };
        }
    }

    /// <summary>Those by which tasks without a way to the internet call AWS.</summary>
    public static IEnumerable<TemplateResource> Interfaces(FargateApplication application)
    {
        const string group = "EndpointSecurityGroup";
        yield return new(group, "AWS::EC2::SecurityGroup")
        {
            Comment = "WithVpcEndpoints: one group for all endpoints",
            Properties = new()
            {
                ["GroupDescription"] = "VPC endpoints - HTTPS from the VPC",
                ["VpcId"] = Fn.Ref(SharedIds.Vpc),
                ["SecurityGroupIngress"] = new TemplateList([
                    new TemplateMap
                    {
                        ["IpProtocol"] = "tcp",
                        ["FromPort"] = 443,
                        ["ToPort"] = 443,
                        ["CidrIp"] = application.Network.CidrBlock(),
                        ["Description"] = "HTTPS from the VPC",
                    },
                ]),
            },
        };
        foreach (var service in InterfaceEndpoints.Of(application))
        {
            yield return new($"{Names.Id(service)}Endpoint", "AWS::EC2::VPCEndpoint")
            {
                Comment = $"WithVpcEndpoints: {InterfaceEndpoints.Reason(application, service)}",
                Properties = new()
                {
                    ["VpcId"] = Fn.Ref(SharedIds.Vpc),
                    ["VpcEndpointType"] = "Interface",
                    ["ServiceName"] = Fn.Sub($"com.amazonaws.${{AWS::Region}}.{service}"),
                    ["PrivateDnsEnabled"] = true,
                    ["SubnetIds"] = application.Network.TaskSubnets(),
                    ["SecurityGroupIds"] = new TemplateList([Fn.GetAtt(group, "GroupId")]),
                },
            };
        }
    }
}
