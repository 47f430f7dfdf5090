using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Templates;
using Hosting.Fargate.Tests.Publishing.Refusals;

namespace Hosting.Fargate.Tests.Publishing.Options;

/// <summary>CloudFront before the load balancer.</summary>
public sealed class EdgeTests
{
    private const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0123-abcd";

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
        Assert.DoesNotContain(template.OfType("AWS::EC2::Route"), route => route.Properties.At("RouteTableId").Show() == "Ref LoadBalancerRouteTable");
        var rule = Assert.Single(template["LoadBalancerSecurityGroup"].Properties.At("SecurityGroupIngress").Maps());
        Assert.Equal(("Ref CloudFrontPrefixListId", null), (rule.At("SourcePrefixListId").Show(), rule.At("CidrIp").Show()));
        Assert.Contains("com.amazonaws.global.cloudfront.origin-facing", template.Parameters["CloudFrontPrefixListId"].Show(), StringComparison.Ordinal);
        var origin = template["VpcOrigin"].Properties.At("VpcOriginEndpointConfig");
        Assert.Equal(("Ref LoadBalancer", "http-only"), (origin.At("Arn").Show(), origin.At("OriginProtocolPolicy").Show()));
        Assert.Equal(["InternetGatewayAttachment"], template["VpcOrigin"].DependsOn);
        var from = Assert.Single(template["Distribution"].Properties.At("DistributionConfig", "Origins").Maps());
        Assert.Equal("{VpcOriginId: GetAtt VpcOrigin.Id, OriginReadTimeout: 60}", from.At("VpcOriginConfig").Show());
        Assert.Equal(["HttpListener"], template.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(listener => listener.Id));
    }

    [Fact]
    public async Task What_is_private_already_has_no_subnets_more()
    {
        var nat = (await PublishAsync(shop => shop.WithPrivateTasks().WithCloudFront())).Template();
        Assert.Equal("[Ref PrivateSubnetA, Ref PrivateSubnetB]", nat.Property("LoadBalancer", "Subnets"));

        var existing = (await PublishAsync(shop => shop
            .WithExistingVpc("vpc-01234567", "10.1.0.0/16", ["subnet-01234567", "subnet-01234568"]).WithCloudFront())).Template();
        Assert.Equal("[subnet-01234567, subnet-01234568]", existing.Property("LoadBalancer", "Subnets"));
        Assert.Equal(2, nat.OfType("AWS::EC2::Subnet").Count(subnet => subnet.Id.StartsWith("Private", StringComparison.Ordinal)));
        Assert.Equal(4, nat.OfType("AWS::EC2::Subnet").Count());
        Assert.Empty(existing.OfType("AWS::EC2::Subnet"));
    }

    /// <summary>It cannot be changed while it is in use, nor can a target group be of two load balancers at a time.</summary>
    [Fact]
    public async Task What_cannot_be_changed_in_its_place_has_another_id()
    {
        var before = (await PublishAsync(_ => { })).Template();
        var http = (await PublishAsync(shop => shop.WithCloudFront())).Template();
        var https = (await PublishAsync(shop => WithDomain(shop).WithCloudFront(edge => edge.CertificateArn = Certificate))).Template();
        Template[] elsewhere =
        [
            .. new[] { "vpc-01234567", "vpc-01234568" }.Select(vpc => PublishAsync(shop => shop
                .WithExistingVpc(vpc, "10.1.0.0/16", ["subnet-01234567", "subnet-01234568"]).WithCloudFront()).GetAwaiter().GetResult().Template()),
        ];

        Template[] all = [http, https, .. elsewhere];
        Assert.Equal(4, all.Select(template => Assert.Single(template.OfType("AWS::CloudFront::VpcOrigin")).Id).Distinct().Count());
        Assert.Equal(4, all.Select(template => Assert.Single(template.OfType("AWS::CloudFront::VpcOrigin")).Properties.At("VpcOriginEndpointConfig", "Name").Show()).Distinct().Count());
        Assert.NotEqual(
            Assert.Single(before.OfType("AWS::ElasticLoadBalancingV2::TargetGroup")).Id, Assert.Single(http.OfType("AWS::ElasticLoadBalancingV2::TargetGroup")).Id);
        Assert.Equal("[{ContainerName: api, ContainerPort: 8080, TargetGroupArn: Ref ApiEdgeTargetGroup}]", http.Property("ApiService", "LoadBalancers"));
    }

    [Fact]
    public async Task A_domain_leads_to_CloudFront_which_comes_by_HTTPS()
    {
        var template = (await Published.ModelAsync(builder =>
        {
            WithDomain(builder.AddFargateEnvironment("shop")).WithCloudFront(edge => edge.CertificateArn = Certificate);
            builder.AddWeb("api").WithExternalHttpEndpoints();
            builder.AddWeb("site").WithExternalHttpEndpoints();
        })).Template();

        var distribution = template["Distribution"].Properties.At("DistributionConfig");
        Assert.Equal("[shop.example.com, site.shop.example.com]", distribution.At("Aliases").Show());
        Assert.Equal(
            $"{{AcmCertificateArn: {Certificate}, SslSupportMethod: sni-only, MinimumProtocolVersion: TLSv1.2_2021}}", distribution.At("ViewerCertificate").Show());
        Assert.Equal("https-only", template.Property("VpcOriginHttps", "VpcOriginEndpointConfig", "OriginProtocolPolicy"));
        Assert.Equal(["HttpsListener"], template.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(listener => listener.Id));
        Assert.Equal(
            ["DomainRecord A", "DomainRecordIpv6 AAAA", "SiteRecord A", "SiteRecordIpv6 AAAA"],
            template.OfType("AWS::Route53::RecordSet").Select(record => $"{record.Id} {record.Properties.At("Type").Show()}").Order(StringComparer.Ordinal));
        Assert.All(template.OfType("AWS::Route53::RecordSet"), record => Assert.Equal(
            "{DNSName: GetAtt Distribution.DomainName, HostedZoneId: Z2FDTNDATAQYW2}", record.Properties.At("AliasTarget").Show()));
        Assert.Equal("https://shop.example.com", template.Outputs.At("Url", "Value").Show());
        Assert.Null(template.Variable("api", "ForwardedHeaders__ForwardedProtoHeaderName"));
    }

    [Fact]
    public async Task In_us_east_1_publish_makes_one_certificate_for_all_names()
    {
        var template = (await Published.ModelAsync(builder =>
        {
            WithDomain(builder.AddFargateEnvironment("shop")).WithCloudFront().WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.USEast1));
            builder.AddWeb("api").WithExternalHttpEndpoints();
            builder.AddWeb("site").WithExternalHttpEndpoints();
        })).Template();

        Assert.Equal("Ref DistributionCertificate", template.Property("Distribution", "DistributionConfig", "ViewerCertificate", "AcmCertificateArn"));
        Assert.Equal("shop.example.com", template.Property("DistributionCertificate", "DomainName"));
        Assert.Equal("[site.shop.example.com]", template.Property("DistributionCertificate", "SubjectAlternativeNames"));
    }

    [Fact]
    public async Task A_certificate_of_us_east_1_is_CloudFronts_too()
    {
        var template = (await PublishAsync(shop => shop.WithCertificate(Certificate, "shop.example.com").WithCloudFront())).Template();

        Assert.Equal(Certificate, template.Property("Distribution", "DistributionConfig", "ViewerCertificate", "AcmCertificateArn"));
        Assert.Equal($"[{{CertificateArn: {Certificate}}}]", template.Property("HttpsListener", "Certificates"));
    }

    [Fact]
    public async Task A_domain_without_a_certificate_that_CloudFront_can_have_is_refused()
    {
        await Refused.ForAsync(
            builder =>
            {
                WithDomain(builder.AddFargateEnvironment("shop")).WithCloudFront();
                builder.AddWeb("api").WithExternalHttpEndpoints();
            },
            "takes the name 'shop.example.com' with a certificate of us-east-1 alone", "edge.CertificateArn = ", "RegionEndpoint.USEast1");
        await Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront(edge => edge.CertificateArn = Certificate);
                builder.AddWeb("api").WithExternalHttpEndpoints();
            },
            "gives CloudFront a certificate (edge.CertificateArn) and no name", "WithDomain or WithCertificate");
    }

    [Fact]
    public Task Where_CloudFront_is_not_is_refused() => Refused.ForAsync(
        builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront()
                .WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.USGovCloudWest1));
            builder.AddWeb("api").WithExternalHttpEndpoints();
        },
        "is deployed to us-gov-west-1, where CloudFront is not", "Leave WithCloudFront out");

    [Fact]
    public async Task Routes_that_CloudFront_cannot_lead_to_are_refused()
    {
        await Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithCertificate(Certificate, "shop.example.com").WithCloudFront();
                builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddWeb("site").WithExternalHttpEndpoints();
            },
            "'site' has no route for its external endpoint", "WithDomain");
        await RouteAsync(service => service.WithPort(8443), "'api' has port 8443 of the load balancer, and CloudFront answers on 443 alone");
        await RouteAsync(service => service.WithRoute(host: "api.example.com"), "'api' has the route to the host 'api.example.com'", "without a domain");
        await Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                builder.AddWeb("api").WithExternalHttpEndpoints().AsHttp2Service();
            },
            "'api' speaks HTTP/2 alone on its external endpoint", "without gRPC");

        static Task RouteAsync(Action<FargateService> route, params string[] words) => Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(route);
            },
            words);
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
        Assert.Equal(["Distribution", "SiteDistribution"], template.OfType("AWS::CloudFront::Distribution").Select(distribution => distribution.Id));
        Assert.Equal("Sub https://${SiteDistribution.DomainName}", template.Variable("api", "SITE"));
        Assert.Equal("Sub https://${Distribution.DomainName}", template.Variable("api", "SELF"));
        Assert.Equal("Sub https://${SiteDistribution.DomainName}", template.Outputs.At("SiteUrl", "Value").Show());
        Assert.Equal(
            "[{Field: http-header, HttpHeaderConfig: {HttpHeaderName: X-Fargate-Distribution, Values: [site]}}]", template.Property("SiteListenerRule", "Conditions"));

        // Told by the distribution, and before the paths of the others, whatever a browser sends.
        Assert.Equal(["/", "site"], template.OfType("AWS::CloudFront::Distribution").Select(distribution => Assert.Single(Assert.Single(
            distribution.Properties.At("DistributionConfig", "Origins").Maps()).At("OriginCustomHeaders").Maps()).At("HeaderValue").Show()));
        var docs = template.OfType("AWS::ElasticLoadBalancingV2::ListenerRule").Single(rule => rule.Id.StartsWith("Docs", StringComparison.Ordinal));
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
            builder.AddWorker("near").WithEnvironment("API", api.GetEndpoint("http")).WithComputeEnvironment(shop)
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
            builder.AddContainer("front", "nginx", "1.29").WithHttpEndpoint(targetPort: 80).WithExternalHttpEndpoints()
                .PublishAsFargateService(service => service.WithRoute("/front/*"));
        });

        var template = published.Template();
        Assert.Contains(
            "{Key: routing.http.xff_header_processing.mode, Value: preserve}", template.Property("LoadBalancer", "LoadBalancerAttributes"), StringComparison.Ordinal);
        Assert.Equal("CloudFront-Forwarded-Proto", template.Variable("api", "ForwardedHeaders__ForwardedProtoHeaderName"));
        Assert.Null(template.Variable("worker", "ForwardedHeaders__ForwardedProtoHeaderName"));
        Assert.Null(template.Variable("front", "ForwardedHeaders__ForwardedProtoHeaderName"));
        Assert.Contains("options.ForwardedProtoHeaderName = \"CloudFront-Forwarded-Proto\"", published.Notices("api"), StringComparison.Ordinal);
        Assert.Contains("tell it its public address", published.Notices("front"), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Forwarded-Proto", published.Notices("worker"), StringComparison.Ordinal);
        var without = (await PublishAsync(_ => { })).Template();
        Assert.DoesNotContain("xff_header_processing", without.Property("LoadBalancer", "LoadBalancerAttributes"), StringComparison.Ordinal);
        Assert.Null(without.Variable("api", "ForwardedHeaders__ForwardedProtoHeaderName"));
    }

    [Fact]
    public async Task Keycloak_is_told_its_public_address_unless_the_model_tells_it()
    {
        var template = (await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            builder.AddContainer("login", "quay.io/keycloak/keycloak", "26.4").WithHttpEndpoint(targetPort: 8080).WithExternalHttpEndpoints();
            builder.AddContainer("partners", "quay.io/keycloak/keycloak", "26.4").WithHttpEndpoint(targetPort: 8080).WithExternalHttpEndpoints();
            builder.AddContainer("staff", "quay.io/keycloak/keycloak", "26.4").WithHttpEndpoint(targetPort: 8080).WithExternalHttpEndpoints()
                .WithEnvironment("KC_HOSTNAME", "staff.example.com").PublishAsFargateService(service => service.WithRoute("/staff/*"));
            builder.AddContainer("old", "quay.io/keycloak/keycloak", "26.4").WithHttpEndpoint(targetPort: 8080).WithExternalHttpEndpoints()
                .WithEnvironment("KC_HTTP_RELATIVE_PATH", "/auth").PublishAsFargateService(service => service.WithRoute("/auth/*"));
        })).Template();

        Assert.Equal("Sub https://${Distribution.DomainName}", template.Variable("login", "KC_HOSTNAME"));
        Assert.Equal("Sub https://${PartnersDistribution.DomainName}", template.Variable("partners", "KC_HOSTNAME"));
        Assert.Null(template.Variable("old", "KC_HOSTNAME"));
        Assert.Equal("staff.example.com", template.Variable("staff", "KC_HOSTNAME"));
    }

    [Fact]
    public async Task Answers_may_take_as_long_as_CloudFront_waits()
    {
        Assert.Equal("70", await WaitsAsync(_ => { }, seconds: 60));
        Assert.Equal("120", await WaitsAsync(_ => { }, seconds: 115));
        Assert.Equal("310", await WaitsAsync(edge => edge.LongestAnswer = TimeSpan.FromSeconds(310), seconds: 300));
        await TooLongAsync(_ => { }, "takes 120 s for its longest answer", "CloudFront answers 504 after 120 s", "raise the quota");
        await TooLongAsync(edge => edge.LongestAnswer = TimeSpan.FromSeconds(90), "CloudFront answers 504 after 90 s", "raise the other: edge.LongestAnswer");

        static async Task<string?> WaitsAsync(Action<CloudFrontDistribution> configure, int seconds) =>
            (await Published.ModelAsync(builder => Shop(builder, configure, seconds))).Template()["Distribution"].Properties
                .At("DistributionConfig", "Origins").Maps().Single().At("VpcOriginConfig", "OriginReadTimeout").Show();

        static Task TooLongAsync(Action<CloudFrontDistribution> configure, params string[] words) =>
            Refused.ForAsync(builder => Shop(builder, configure, seconds: 120), words);

        static void Shop(IDistributedApplicationBuilder builder, Action<CloudFrontDistribution> configure, int seconds)
        {
            builder.AddFargateEnvironment("shop").WithCloudFront(configure);
            builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.LongestAnswer = TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task Options_are_those_of_the_distribution()
    {
        const string webAcl = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/0123-abcd";
        var template = (await PublishAsync(shop => shop.WithCloudFront(edge =>
        {
            (edge.PriceClass, edge.WebAclArn, edge.FollowsCacheControl) = (CloudFrontPriceClass.Class100, webAcl, true);
            edge.ContentSecurityPolicy = "default-src 'self'";
            edge.AllowCountries("DE", "AT");
        }))).Template();

        var distribution = template["Distribution"].Properties.At("DistributionConfig");
        Assert.Equal(("PriceClass_100", webAcl), (distribution.At("PriceClass").Show(), distribution.At("WebACLId").Show()));
        Assert.Equal("{GeoRestriction: {RestrictionType: whitelist, Locations: [AT, DE]}}", distribution.At("Restrictions").Show());
        var behavior = distribution.At("DefaultCacheBehavior");
        Assert.Equal(("4cc15a8a-d715-48a4-82b8-cc0b614638fe", "true"), (behavior.At("CachePolicyId").Show(), behavior.At("Compress").Show()));
        Assert.Equal("Ref ResponseHeadersPolicy", behavior.At("ResponseHeadersPolicyId").Show());
        Assert.Equal(
            "{ContentSecurityPolicy: default-src 'self', Override: false}",
            template.Property("ResponseHeadersPolicy", "ResponseHeadersPolicyConfig", "SecurityHeadersConfig", "ContentSecurityPolicy"));
        var bare = (await PublishAsync(shop => shop.WithoutHttpsRedirect().WithCloudFront(edge => edge.SecurityHeaders = false))).Template();
        Assert.Null(bare.Property("Distribution", "DistributionConfig", "DefaultCacheBehavior", "ResponseHeadersPolicyId"));
        Assert.Equal("allow-all", bare.Property("Distribution", "DistributionConfig", "DefaultCacheBehavior", "ViewerProtocolPolicy"));
    }

    [Fact]
    public void What_CloudFront_does_not_take_is_refused_where_it_is_said()
    {
        var edge = new CloudFrontDistribution();
        Assert.Contains("in us-east-1", Assert.Throws<ArgumentException>(() => edge.CertificateArn = Certificate.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Contains("WithWebAcl", Assert.Throws<ArgumentException>(() => edge.WebAclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/0123").Message, StringComparison.Ordinal);
        Assert.Contains("codes of countries", Assert.Throws<ArgumentException>(() => edge.AllowCountries("Germany")).Message, StringComparison.Ordinal);
        Assert.Contains("codes of countries", Assert.Throws<ArgumentException>(() => edge.RefuseCountries()).Message, StringComparison.Ordinal);
        Assert.Contains("one line", Assert.Throws<ArgumentException>(() => edge.ContentSecurityPolicy = "default-src 'self'\nx").Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => edge.LongestAnswer = TimeSpan.FromMilliseconds(1500));
    }

    [Fact]
    public async Task The_warning_of_plain_HTTP_names_the_one_line()
    {
        var published = await PublishAsync(_ => { });
        Assert.Contains(".WithCloudFront()", published.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_made_where_nothing_is_external()
    {
        var template = (await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            builder.AddWorker("worker");
        })).Template();

        Assert.Empty(template.OfType("AWS::CloudFront::Distribution"));
        Assert.DoesNotContain("CloudFrontPrefixListId", template.Parameters.Keys);
    }

    [Fact]
    public async Task The_summary_and_the_estimate_know_of_it()
    {
        var published = await PublishAsync(shop => shop.WithCloudFront());
        var summary = published.Files.Single(file => file.Name == "README.md").Content;

        Assert.Contains("CloudFront: HTTPS with its own certificate", summary, StringComparison.Ordinal);
        Assert.Contains("One load balancer behind it, internal, which CloudFront alone reaches, by HTTP", summary, StringComparison.Ordinal);
        Assert.Contains("internet -->|\"https\"| edge", summary, StringComparison.Ordinal);
        Assert.DoesNotContain(published.Cost.Lines, line => line.What.Contains("addresses of the load balancer", StringComparison.Ordinal));
        Assert.Contains(published.Cost.NotCounted, cost => cost.What == "CloudFront");
        Assert.Contains("up to 20 minutes more", published.Notices(null), StringComparison.Ordinal);
    }

    private static IResourceBuilder<FargateEnvironmentResource> WithDomain(IResourceBuilder<FargateEnvironmentResource> shop) =>
        shop.WithDomain("shop.example.com", "Z0123456789");

    private static Task<Publication> PublishAsync(Action<IResourceBuilder<FargateEnvironmentResource>> configure) => Published.ModelAsync(builder =>
    {
        configure(builder.AddFargateEnvironment("shop"));
        builder.AddWeb("api").WithExternalHttpEndpoints();
    });
}
