using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing.Refusals;
using static Hosting.Fargate.Tests.Publishing.Options.EdgeShop;

namespace Hosting.Fargate.Tests.Publishing.Options;

/// <summary>CloudFront before the load balancer.</summary>
public sealed class EdgeTests
{
    [Fact]
    public async Task Without_a_domain_browsers_have_HTTPS_under_a_name_of_AWS()
    {
        var published = await PublishAsync(shop => shop.WithCloudFront());

        var template = published.Template();
        var distribution = template["Distribution"].Properties.At("DistributionConfig");
        Assert.Equal("{CloudFrontDefaultCertificate: true}", distribution.At("ViewerCertificate").Show());
        Assert.Equal(("http2and3", "true"), (distribution.At("HttpVersion").Show(), distribution.At("IPV6Enabled").Show()));
        var behavior = distribution.At("DefaultCacheBehavior");
        Assert.Equal("redirect-to-https", behavior.At("ViewerProtocolPolicy").Show());
        Assert.Equal("[GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE]", behavior.At("AllowedMethods").Show());
        Assert.Equal("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", behavior.At("CachePolicyId").Show());
        Assert.Equal("33f36d7e-f396-46d9-90e0-52428a34d9dc", behavior.At("OriginRequestPolicyId").Show());
        Assert.Equal("67f7725c-6f97-4210-82d7-5512b31e9d03", behavior.At("ResponseHeadersPolicyId").Show());
        Assert.Equal("Sub https://${Distribution.DomainName}", template.Outputs.At("Url", "Value").Show());
        Assert.DoesNotContain("plain HTTP", published.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_load_balancer_is_private_and_CloudFront_alone_reaches_it()
    {
        var template = (await PublishAsync(shop => shop.WithCloudFront())).Template();

        Assert.Equal("internal", template.Property("LoadBalancer", "Scheme"));
        Assert.Equal("[Ref LoadBalancerSubnetA, Ref LoadBalancerSubnetB]", template.Property("LoadBalancer", "Subnets"));
        Assert.DoesNotContain(template.OfType("AWS::EC2::Route"), route =>
            route.Properties.At("RouteTableId").Show() == "Ref LoadBalancerRouteTable"
        );
        var rule = Assert.Single(template["LoadBalancerSecurityGroup"].Properties.At("SecurityGroupIngress").Maps());
        Assert.Equal(("Ref CloudFrontPrefixListId", null), (rule.At("SourcePrefixListId").Show(), rule.At("CidrIp").Show()));
        var parameter = template.Parameters["CloudFrontPrefixListId"].Show();
        Assert.Contains("com.amazonaws.global.cloudfront.origin-facing", parameter, StringComparison.Ordinal);
        var origin = template["VpcOrigin"].Properties.At("VpcOriginEndpointConfig");
        Assert.Equal(("Ref LoadBalancer", "http-only"), (origin.At("Arn").Show(), origin.At("OriginProtocolPolicy").Show()));
        Assert.Equal(["InternetGatewayAttachment"], template["VpcOrigin"].DependsOn);
        var from = Assert.Single(template["Distribution"].Properties.At("DistributionConfig", "Origins").Maps());
        Assert.Equal("{VpcOriginId: GetAtt VpcOrigin.Id, OriginReadTimeout: 60}", from.At("VpcOriginConfig").Show());
        Assert.Equal(["HttpListener"], template.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(listener => listener.Id));
    }

    [Fact]
    public async Task Zones_of_its_own_network_are_those_that_CloudFront_reaches()
    {
        var edge = (await PublishAsync(shop => shop.WithCloudFront())).Template();
        Assert.Equal("Select [1, Ref CloudFrontZones]", edge.Property("LoadBalancerSubnetB", "AvailabilityZone"));
        Assert.Equal(edge.Property("LoadBalancerSubnetB", "AvailabilityZone"), edge.Property("PublicSubnetB", "AvailabilityZone"));
        Assert.Contains("use1-az3", edge.Parameters["CloudFrontZones"].Show(), StringComparison.Ordinal);

        var without = (await PublishAsync(_ => { })).Template();
        Assert.DoesNotContain("CloudFront", without.Property("PublicSubnetB", "AvailabilityZone"), StringComparison.Ordinal);
        Assert.Null(without.Parameters["CloudFrontZones"]);
    }

    [Fact]
    public async Task No_two_subnets_overlap()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithZones(3).WithCloudFront();
                builder.AddWeb("api").WithExternalHttpEndpoints().WithReference(builder.AddPostgresServer("pg").PublishAsRds());
            })
        ).Template();

        string[] blocks = [.. template.OfType("AWS::EC2::Subnet").Select(subnet => subnet.Properties.At("CidrBlock").Show()!)];
        Assert.Equal(9, blocks.Length);
        Assert.Distinct(blocks);
    }

    [Fact]
    public async Task What_is_private_already_has_no_subnets_more()
    {
        var nat = (await PublishAsync(shop => shop.WithPrivateTasks().WithCloudFront())).Template();
        Assert.Equal("[Ref PrivateSubnetA, Ref PrivateSubnetB]", nat.Property("LoadBalancer", "Subnets"));

        var existing = (
            await PublishAsync(shop =>
                shop.WithExistingVpc("vpc-01234567", "10.1.0.0/16", ["subnet-01234567", "subnet-01234568"]).WithCloudFront()
            )
        ).Template();
        Assert.Equal("[subnet-01234567, subnet-01234568]", existing.Property("LoadBalancer", "Subnets"));
        Assert.Equal(2, nat.OfType("AWS::EC2::Subnet").Count(subnet => subnet.Id.StartsWith("Private", StringComparison.Ordinal)));
        Assert.Equal(4, nat.OfType("AWS::EC2::Subnet").Count());
        Assert.Empty(existing.OfType("AWS::EC2::Subnet"));
        Assert.Null(existing.Parameters["CloudFrontZones"]);
    }

    /// <summary>It cannot be changed while it is in use, nor can a target group be of two load balancers at a time.</summary>
    [Fact]
    public async Task What_cannot_be_changed_in_its_place_has_another_id()
    {
        string[] subnets = ["subnet-01234567", "subnet-01234568"];
        var before = (await PublishAsync(_ => { })).Template();
        var http = (await PublishAsync(shop => shop.WithCloudFront())).Template();
        Template[] all =
        [
            http,
            (await PublishAsync(shop => shop.WithShopDomain().WithCloudFront(edge => edge.CertificateArn = Certificate))).Template(),
            (await PublishAsync(shop => shop.WithExistingVpc("vpc-01234567", "10.1.0.0/16", subnets).WithCloudFront())).Template(),
            (await PublishAsync(shop => shop.WithExistingVpc("vpc-01234568", "10.1.0.0/16", subnets).WithCloudFront())).Template(),
        ];

        var origins = all.Select(template => Assert.Single(template.OfType("AWS::CloudFront::VpcOrigin"))).ToList();
        Assert.Equal(4, origins.Select(origin => origin.Id).Distinct().Count());
        Assert.Equal(4, origins.Select(origin => origin.Properties.At("VpcOriginEndpointConfig", "Name").Show()).Distinct().Count());
        Assert.Contains("Ref ApiTargetGroup", before.Property("ApiService", "LoadBalancers"), StringComparison.Ordinal);
        Assert.Contains("Ref ApiEdgeTargetGroup", http.Property("ApiService", "LoadBalancers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_leads_to_CloudFront_which_comes_by_HTTPS()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithShopDomain().WithCloudFront(edge => edge.CertificateArn = Certificate);
                builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddWeb("site").WithExternalHttpEndpoints();
            })
        ).Template();

        var distribution = template["Distribution"].Properties.At("DistributionConfig");
        Assert.Equal("[shop.example.com, site.shop.example.com]", distribution.At("Aliases").Show());
        Assert.Equal(
            $"{{AcmCertificateArn: {Certificate}, SslSupportMethod: sni-only, MinimumProtocolVersion: TLSv1.2_2021}}",
            distribution.At("ViewerCertificate").Show()
        );
        Assert.Equal("https-only", template.Property("VpcOriginHttps", "VpcOriginEndpointConfig", "OriginProtocolPolicy"));
        Assert.Equal(["HttpsListener"], template.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(listener => listener.Id));
        Assert.Equal(
            ["DomainRecord A", "DomainRecordIpv6 AAAA", "SiteRecord A", "SiteRecordIpv6 AAAA"],
            template
                .OfType("AWS::Route53::RecordSet")
                .Select(record => $"{record.Id} {record.Properties.At("Type").Show()}")
                .Order(StringComparer.Ordinal)
        );
        Assert.All(template.OfType("AWS::Route53::RecordSet"), record =>
            Assert.Equal(
                "{DNSName: GetAtt Distribution.DomainName, HostedZoneId: Z2FDTNDATAQYW2}",
                record.Properties.At("AliasTarget").Show()
            )
        );
        Assert.Equal("https://shop.example.com", template.Outputs.At("Url", "Value").Show());
        Assert.Null(template.Variable("api", "ForwardedHeaders__ForwardedProtoHeaderName"));

        // Where the region is not known, an alarm might look for its metrics in vain.
        Assert.DoesNotContain(template.OfType("AWS::CloudWatch::Alarm"), alarm =>
            alarm.Id.StartsWith("Distribution", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task In_us_east_1_publish_makes_one_certificate_for_all_names()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder
                    .AddFargateEnvironment("shop")
                    .WithShopDomain()
                    .WithCloudFront()
                    .WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.USEast1));
                builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddWeb("site").WithExternalHttpEndpoints();
            })
        ).Template();

        var alarm = template.Property("DistributionErrorsAlarm", "Metrics");
        Assert.Contains("{Name: DistributionId, Value: Ref Distribution}", alarm, StringComparison.Ordinal);
        Assert.Equal(
            "Ref DistributionCertificate",
            template.Property("Distribution", "DistributionConfig", "ViewerCertificate", "AcmCertificateArn")
        );
        Assert.Equal("shop.example.com", template.Property("DistributionCertificate", "DomainName"));
        Assert.Equal("[site.shop.example.com]", template.Property("DistributionCertificate", "SubjectAlternativeNames"));
    }

    [Theory]
    [InlineData("eu-west-1")]
    [InlineData(null)]
    public async Task Elsewhere_the_certificate_is_in_a_stack_of_us_east_1(string? region)
    {
        var published = await Published.ModelAsync(builder =>
        {
            var shop = builder.AddFargateEnvironment("shop").WithShopDomain().WithCloudFront();
            if (region is not null)
            {
                shop.WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.GetBySystemName(region)));
            }

            builder.AddWeb("api").WithExternalHttpEndpoints();
        });

        var edge = published.Templates.Edge!;
        Assert.Equal("shop-edge", edge.StackName);
        Assert.Equal("shop.example.com", edge.Property("DistributionCertificate", "DomainName"));
        Assert.Equal("Ref DistributionCertificate", edge.Outputs.At("DistributionCertificate", "Value").Show());
        var template = published.Template();
        Assert.False(template.Contains("DistributionCertificate"));
        Assert.Equal("String", template.Parameters.At("DistributionCertificate", "Type").AsText());
        Assert.Equal(
            "Ref DistributionCertificate",
            template.Property("Distribution", "DistributionConfig", "ViewerCertificate", "AcmCertificateArn")
        );
        var policies = string.Concat(
            published.Files.Where(file => file.Name.StartsWith("deployer", StringComparison.Ordinal)).Select(file => file.Content)
        );
        Assert.Contains(
            $"arn:aws:cloudformation:{(region is null ? "*" : "us-east-1")}:*:stack/shop-edge/*",
            policies,
            StringComparison.Ordinal
        );
        Assert.Contains($"arn:aws:acm:{(region is null ? "*" : "us-east-1")}:*:certificate/*", policies, StringComparison.Ordinal);
        Assert.Contains(
            $"arn:aws:cloudwatch:{(region is null ? "*" : "us-east-1")}:*:alarm:shop-edge-DistributionErrorsAlarm-*",
            policies,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Elsewhere_alarms_are_in_a_stack_of_us_east_1_which_is_told_of_distributions()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront().WithAlarmTopic("arn:aws:sns:eu-west-1:123456789012:on-call");
            builder.AddWeb("api").WithExternalHttpEndpoints();
            builder.AddWeb("site").WithExternalHttpEndpoints();
        });

        var (edge, template) = (published.Templates.Edge!, published.Template());
        Assert.Equal(["DistributionId", "SiteDistributionId"], edge.Parameters.Keys);
        Assert.Equal("Ref SiteDistribution", template.Outputs.At("SiteDistributionId", "Value").Show());
        Assert.False(template.Contains("DistributionErrorsAlarm"));
        Assert.Contains(
            "{Name: DistributionId, Value: Ref SiteDistributionId}",
            edge.Property("SiteDistributionErrorsAlarm", "Metrics"),
            StringComparison.Ordinal
        );
        Assert.Equal("HasSiteDistributionId", edge["SiteDistributionErrorsAlarm"].Condition);
        Assert.Equal("Not [Equals [Ref SiteDistributionId, ]]", edge.Conditions["HasSiteDistributionId"].Show());

        // A topic of another region cannot be told.
        Assert.Null(edge.Property("DistributionErrorsAlarm", "AlarmActions"));
        Assert.Contains("that of WithAlarmTopic is in eu-west-1", published.Notices(null), StringComparison.Ordinal);
        var readme = published.File("README.md");
        Assert.True(
            readme.IndexOf("--stack-name shop --", StringComparison.Ordinal)
                < readme.IndexOf("--stack-name shop-edge --region us-east-1", StringComparison.Ordinal),
            readme
        );
    }

    [Fact]
    public async Task Alarms_of_CloudFront_tell_a_topic_of_us_east_1()
    {
        const string own = "arn:aws:sns:us-east-1:123456789012:edge",
            all = "arn:aws:sns:us-east-1:123456789012:on-call";
        var given = await PublishAsync(shop =>
            shop.WithAlarmTopic("arn:aws:sns:eu-west-1:123456789012:on-call").WithCloudFront(edge => edge.AlarmTopicArn = own)
        );
        Assert.Equal($"[{own}]", given.Templates.Edge!.Property("DistributionErrorsAlarm", "AlarmActions"));
        Assert.DoesNotContain("tell nobody", given.Notices(null), StringComparison.Ordinal);

        var there = await PublishAsync(shop => shop.WithAlarmTopic(all).WithCloudFront());
        Assert.Equal($"[{all}]", there.Templates.Edge!.Property("DistributionErrorsAlarm", "OKActions"));

        Assert.Null((await PublishAsync(shop => shop.WithCloudFront().WithoutAlarms())).Templates.Edge);
    }

    [Fact]
    public async Task A_certificate_of_us_east_1_is_CloudFronts_too()
    {
        var template = (await PublishAsync(shop => shop.WithCertificate(Certificate, "shop.example.com").WithCloudFront())).Template();

        Assert.Equal(Certificate, template.Property("Distribution", "DistributionConfig", "ViewerCertificate", "AcmCertificateArn"));
        Assert.Equal($"[{{CertificateArn: {Certificate}}}]", template.Property("HttpsListener", "Certificates"));
    }

    [Fact]
    public async Task Without_a_domain_each_service_without_a_route_has_a_distribution_of_its_own()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            var api = builder.AddWeb("api").WithExternalHttpEndpoints();
            var site = builder.AddWeb("site").WithExternalHttpEndpoints();
            builder.AddWeb("docs").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/docs/*"));
            api.WithEnvironment("SITE", site.GetEndpoint("http")).WithEnvironment("SELF", api.GetEndpoint("http"));
        });

        var template = published.Template();
        Assert.Equal(
            ["Distribution", "SiteDistribution"],
            template.OfType("AWS::CloudFront::Distribution").Select(distribution => distribution.Id)
        );
        Assert.Equal("Sub https://${SiteDistribution.DomainName}", template.Variable("api", "SITE"));
        Assert.Equal("Sub https://${Distribution.DomainName}", template.Variable("api", "SELF"));
        Assert.Equal("Sub https://${SiteDistribution.DomainName}", template.Outputs.At("SiteUrl", "Value").Show());
        Assert.Equal(
            "[{Field: http-header, HttpHeaderConfig: {HttpHeaderName: X-Fargate-Distribution, Values: [site]}}]",
            template.Property("SiteListenerRule", "Conditions")
        );

        // Told by the distribution, and before the paths of the others, whatever a browser sends.
        Assert.Equal(
            ["/", "site"],
            from distribution in template.OfType("AWS::CloudFront::Distribution")
            from origin in distribution.Properties.At("DistributionConfig", "Origins").Maps()
            from header in origin.At("OriginCustomHeaders").Maps()
            select header.At("HeaderValue").Show()
        );
        var docs = template
            .OfType("AWS::ElasticLoadBalancingV2::ListenerRule")
            .Single(rule => rule.Id.StartsWith("Docs", StringComparison.Ordinal));
        Assert.True(template["SiteListenerRule"].Properties.At("Priority").AsInt() < docs.Properties.At("Priority").AsInt());
        Assert.Contains("an address of its own at CloudFront", published.Notices("site"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_address_is_that_of_CloudFront_here_and_in_another_environment()
    {
        var publications = await Published.EnvironmentsAsync(builder =>
        {
            var shop = builder.AddFargateEnvironment("shop").WithCloudFront();
            var office = builder.AddFargateEnvironment("office");
            var api = builder.AddWeb("api").WithExternalHttpEndpoints().WithComputeEnvironment(shop);
            builder
                .AddWorker("near")
                .WithEnvironment("API", api.GetEndpoint("http"))
                .WithComputeEnvironment(shop)
                .WithEnvironment("PORT", api.GetEndpoint("http").Property(EndpointProperty.Port));
            builder.AddWorker("far").WithEnvironment("API", api.GetEndpoint("http")).WithComputeEnvironment(office);
        });

        var (shop, office) = (publications[0].Template(), publications[1].Template());
        Assert.Equal("Sub https://${Distribution.DomainName}", shop.Variable("near", "API"));
        Assert.Equal("443", shop.Variable("near", "PORT"));
        Assert.Equal("shop:DistributionDomainName", shop.Outputs.At("DistributionDomainName", "Export", "Name").Show());
        Assert.Contains("ImportValue shop:DistributionDomainName", office.Variable("far", "API"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_a_request_and_by_what_is_what_CloudFront_says()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            builder.AddWeb("api").WithExternalHttpEndpoints();
            builder.AddWorker("worker");
            builder
                .AddContainer("front", "nginx", "1.29")
                .WithHttpEndpoint(targetPort: 80)
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service => service.WithRoute("/front/*"));
        });

        var template = published.Template();
        Assert.Contains(
            "{Key: routing.http.xff_header_processing.mode, Value: preserve}",
            template.Property("LoadBalancer", "LoadBalancerAttributes"),
            StringComparison.Ordinal
        );
        Assert.Equal("CloudFront-Forwarded-Proto", template.Variable("api", "ForwardedHeaders__ForwardedProtoHeaderName"));
        Assert.Null(template.Variable("worker", "ForwardedHeaders__ForwardedProtoHeaderName"));
        Assert.Null(template.Variable("front", "ForwardedHeaders__ForwardedProtoHeaderName"));
        const string line = "options.ForwardedProtoHeaderName = \"CloudFront-Forwarded-Proto\"";
        Assert.Contains(line, published.Notices("api"), StringComparison.Ordinal);
        Assert.Contains("tell it its public address", published.Notices("front"), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Forwarded-Proto", published.Notices("worker"), StringComparison.Ordinal);
        var without = (await PublishAsync(_ => { })).Template();
        Assert.DoesNotContain(
            "xff_header_processing",
            without.Property("LoadBalancer", "LoadBalancerAttributes"),
            StringComparison.Ordinal
        );
        Assert.Null(without.Variable("api", "ForwardedHeaders__ForwardedProtoHeaderName"));
    }

    [Fact]
    public async Task Keycloak_is_told_its_public_address_unless_the_model_tells_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                Add(builder, "login");
                Add(builder, "partners");
                Add(builder, "staff")
                    .WithEnvironment("KC_HOSTNAME", "staff.example.com")
                    .PublishAsFargateService(service => service.WithRoute("/staff/*"));
                Add(builder, "old")
                    .WithEnvironment("KC_HTTP_RELATIVE_PATH", "/auth")
                    .PublishAsFargateService(service => service.WithRoute("/auth/*"));
            })
        ).Template();

        Assert.Equal("Sub https://${Distribution.DomainName}", template.Variable("login", "KC_HOSTNAME"));
        Assert.Equal("Sub https://${PartnersDistribution.DomainName}", template.Variable("partners", "KC_HOSTNAME"));
        Assert.Equal("Sub https://${Distribution.DomainName}/auth", template.Variable("old", "KC_HOSTNAME"));
        Assert.Equal("staff.example.com", template.Variable("staff", "KC_HOSTNAME"));

        static IResourceBuilder<ContainerResource> Add(IDistributedApplicationBuilder builder, string name) =>
            builder.AddContainer(name, "quay.io/keycloak/keycloak", "26.4").WithHttpEndpoint(targetPort: 8080).WithExternalHttpEndpoints();
    }

    [Fact]
    public async Task Nothing_is_made_where_nothing_is_external()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                builder.AddWorker("worker");
            })
        ).Template();

        Assert.Empty(template.OfType("AWS::CloudFront::Distribution"));
        Assert.DoesNotContain("CloudFrontPrefixListId", template.Parameters.Keys);
    }

    [Fact]
    public async Task The_summary_and_the_estimate_know_of_it()
    {
        var published = await PublishAsync(shop => shop.WithCloudFront());
        var summary = published.Files.Single(file => file.Name == "README.md").Content;

        Assert.Contains("CloudFront: HTTPS with its own certificate", summary, StringComparison.Ordinal);
        Assert.Contains("One load balancer behind it, internal, which CloudFront alone reaches", summary, StringComparison.Ordinal);
        Assert.Contains("internet -->|\"https\"| edge", summary, StringComparison.Ordinal);
        Assert.DoesNotContain(published.Cost.Lines, line => line.What.Contains("addresses of the load balancer", StringComparison.Ordinal));
        Assert.Contains(published.Cost.NotCounted, cost => cost.What == "CloudFront");
        Assert.Contains("up to 20 minutes more", published.Notices(null), StringComparison.Ordinal);
    }
}
