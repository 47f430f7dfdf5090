using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class NetworkTests
{
    private const string Vpc = "vpc-0123456789abcdef0";
    private static readonly string[] s_public = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
    private static readonly string[] s_private = ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"];

    [Theory]
    [InlineData(1, 2, new[] { "A", "A" })]
    [InlineData(2, 2, new[] { "A", "B" })]
    [InlineData(1, 3, new[] { "A", "A", "A" })]
    [InlineData(2, 3, new[] { "A", "B", "A" })]
    [InlineData(3, 3, new[] { "A", "B", "C" })]
    public async Task Private_tasks_go_out_by_the_NAT_gateways(int gateways, int zones, string[] gatewayOfZone)
    {
        var template = await PublishAsync(shop => shop.WithPrivateTasks(gateways).WithZones(zones));

        Assert.Equal(gateways, template.OfType("AWS::EC2::NatGateway").Count());
        Assert.Equal(
            gatewayOfZone.Select(zone => $"Ref NatGateway{zone}"),
            new[] { "A", "B", "C" }.Take(zones).Select(zone => template.Property($"PrivateRoute{zone}", "NatGatewayId"))
        );
        Assert.Equal("DISABLED", template.Property("ApiService", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"));
        Assert.Equal(
            $"[{string.Join(", ", new[] { "A", "B", "C" }.Take(zones).Select(zone => $"Ref PrivateSubnet{zone}"))}]",
            template.Property("ApiService", "NetworkConfiguration", "AwsvpcConfiguration", "Subnets")
        );
        Assert.Equal(
            $"[{string.Join(", ", new[] { "A", "B", "C" }.Take(zones).Select(zone => $"Ref PublicSubnet{zone}"))}]",
            template.Property("LoadBalancer", "Subnets")
        );
        Assert.Contains("PrivateRouteA", template["ApiService"].DependsOn);
    }

    [Fact]
    public async Task More_NAT_gateways_than_zones_are_not_made_and_the_reader_is_told()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithPrivateTasks(3);
            builder.AddWorker("worker");
        });

        Assert.Equal(2, published.Template().OfType("AWS::EC2::NatGateway").Count());
        Assert.Contains(
            "asks for 3 NAT gateways, and there is one for each of the 2 zones",
            published.Notices(null),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Behind_endpoints_tasks_reach_what_they_use_and_nothing_else()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithVpcEndpoints().WithTelemetry(Telemetry.None);
                builder
                    .AddWorker("worker")
                    .WithReference(builder.AddSqsQueue("jobs"), QueueAccess.Send)
                    .WithEnvironment("KEY", builder.AddParameter("api-key", secret: true))
                    .PublishAsFargateService(service => service.EnableExec = true);
            })
        ).Template();

        Assert.Equal(
            ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "sqs", "ssmmessages"],
            template
                .OfType("AWS::EC2::VPCEndpoint")
                .Select(endpoint =>
                    endpoint.Properties.At("ServiceName").Show()!.Replace("Sub com.amazonaws.${AWS::Region}.", "", StringComparison.Ordinal)
                )
                .Order()
        );
        Assert.Empty(template.OfType("AWS::EC2::NatGateway"));
        Assert.DoesNotContain(template.Resources, resource =>
            resource.Id.StartsWith("PrivateRoute", StringComparison.Ordinal) && resource.Type == "AWS::EC2::Route"
        );
        Assert.Equal("DISABLED", template.Property("WorkerService", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"));
        Assert.Equal("443", template["EndpointSecurityGroup"].Properties.At("SecurityGroupIngress").Maps().Single().At("FromPort").Show());
    }

    [Fact]
    public async Task Behind_endpoints_telemetry_has_an_endpoint_where_there_is_any()
    {
        var template = await PublishAsync(shop => shop.WithVpcEndpoints().WithTelemetry(Telemetry.Direct));

        Assert.True(template.Contains("XrayEndpoint"));
        Assert.True(template.Contains("MonitoringEndpoint"));
        Assert.False(template.Contains("SqsEndpoint"));
    }

    [Fact]
    public async Task What_goes_to_S3_does_not_go_by_the_internet()
    {
        Assert.Equal("[Ref PublicRouteTable]", (await PublishAsync(_ => { })).Property("S3Endpoint", "RouteTableIds"));
        Assert.Equal(
            "[Ref PrivateRouteTableA, Ref PrivateRouteTableB]",
            (await PublishAsync(shop => shop.WithPrivateTasks())).Property("S3Endpoint", "RouteTableIds")
        );
    }

    [Theory]
    [InlineData(true, "ENABLED")]
    [InlineData(false, "DISABLED")]
    public async Task A_network_that_exists_is_used_as_it_is(bool publicTasks, string assign)
    {
        var template = await PublishAsync(shop => shop.WithExistingVpc(Vpc, "10.9.0.0/16", s_public, s_private, publicTasks));

        Assert.Empty(template.OfType("AWS::EC2::VPC"));
        Assert.Empty(template.OfType("AWS::EC2::Subnet"));
        Assert.Empty(template.OfType("AWS::EC2::VPCEndpoint"));
        Assert.Equal($"[{string.Join(", ", s_public)}]", template.Property("LoadBalancer", "Subnets"));
        Assert.Equal(
            $"[{string.Join(", ", s_private)}]",
            template.Property("ApiService", "NetworkConfiguration", "AwsvpcConfiguration", "Subnets")
        );
        Assert.Equal(assign, template.Property("ApiService", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"));
        Assert.Equal(Vpc, template.Property("ApiSecurityGroup", "VpcId"));
        Assert.Equal(Vpc, template.Property("ApiTargetGroup", "VpcId"));
        Assert.Equal(
            "10.9.0.0/16",
            template["LoadBalancerSecurityGroup"].Properties.At("SecurityGroupEgress").Maps().Single().At("CidrIp").Show()
        );
    }

    [Fact]
    public async Task Without_subnets_of_their_own_tasks_are_in_those_of_the_load_balancer()
    {
        var template = await PublishAsync(shop => shop.WithExistingVpc(Vpc, "10.9.0.0/16", s_public));

        Assert.Equal(
            $"[{string.Join(", ", s_public)}]",
            template.Property("ApiService", "NetworkConfiguration", "AwsvpcConfiguration", "Subnets")
        );
    }

    [Fact]
    public async Task A_volume_has_an_address_in_each_subnet_of_the_tasks()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithExistingVpc(Vpc, "10.9.0.0/16", s_public, s_private);
                builder.AddContainer("cache", "redis").WithVolume("data", "/data");
            })
        ).Template();

        Assert.Equal(s_private, template.OfType("AWS::EFS::MountTarget").Select(target => target.Properties.At("SubnetId").Show()));
    }

    [Fact]
    public async Task What_is_no_network_is_refused_where_it_is_said()
    {
        await PublishAsync(shop =>
        {
            AssertRefused("vpcId", "'vpc-1' is not what is wanted here: a VPC, such as vpc-", () =>
                shop.WithExistingVpc("vpc-1", "10.0.0.0/16", s_public)
            );
            AssertRefused("cidrBlock", "'10.0.0.0' is not what is wanted here: the addresses of the VPC", () =>
                shop.WithExistingVpc(Vpc, "10.0.0.0", s_public)
            );
            AssertRefused("loadBalancerSubnets", "'subnet-x' is not what is wanted here: subnets", () =>
                shop.WithExistingVpc(Vpc, "10.0.0.0/16", [.. s_public, "subnet-x"])
            );
            AssertRefused("loadBalancerSubnets", "two subnets at least, in different zones", () =>
                shop.WithExistingVpc(Vpc, "10.0.0.0/16", [s_public[0], s_public[0]])
            );
            AssertRefused("taskSubnets", "one subnet at least", () => shop.WithExistingVpc(Vpc, "10.0.0.0/16", s_public, []));
            Assert.Equal("natGateways", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithPrivateTasks(0)).ParamName);
            Assert.Equal("natGateways", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithPrivateTasks(4)).ParamName);
            Assert.Equal("zones", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithZones(1)).ParamName);
            Assert.Equal("zones", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithZones(4)).ParamName);
        });

        static void AssertRefused(string parameter, string words, Action act)
        {
            var exception = Assert.Throws<ArgumentException>(act);
            Assert.Equal(parameter, exception.ParamName);
            Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_network_of_ones_own_and_one_that_exists_are_refused_together_in_either_order()
    {
        await PublishAsync(shop =>
        {
            shop.WithExistingVpc(Vpc, "10.9.0.0/16", s_public);
            Assert.Contains(
                "'shop' uses a network that exists: WithPrivateTasks is for one of its own",
                Assert.Throws<DistributedApplicationException>(() => shop.WithPrivateTasks()).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "WithVpcEndpoints is for one of its own",
                Assert.Throws<DistributedApplicationException>(() => shop.WithVpcEndpoints()).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "WithZones is for one of its own",
                Assert.Throws<DistributedApplicationException>(() => shop.WithZones(3)).Message,
                StringComparison.Ordinal
            );
        });
        await PublishAsync(shop =>
            Assert.Contains(
                "Leave WithExistingVpc out, or WithPrivateTasks",
                Assert
                    .Throws<DistributedApplicationException>(() => shop.WithPrivateTasks().WithExistingVpc(Vpc, "10.9.0.0/16", s_public))
                    .Message,
                StringComparison.Ordinal
            )
        );
    }

    private static async Task<Template> PublishAsync(Action<IResourceBuilder<FargateEnvironmentResource>> configure) =>
        (
            await Published.ModelAsync(builder =>
            {
                configure(builder.AddFargateEnvironment("shop"));
                builder.AddWeb("api").WithExternalHttpEndpoints();
            })
        ).Template();
}
