using Aspire.Hosting;
using Aws.CloudFormation;
using static Hosting.Fargate.Tests.Publishing.Options.EdgeShop;

namespace Hosting.Fargate.Tests.Publishing.Options;

/// <summary>CloudFront before a load balancer that stays on the internet.</summary>
public sealed class PublicLoadBalancerTests
{
    [Fact]
    public async Task By_choice_the_load_balancer_is_on_the_internet_and_answers_CloudFront_alone()
    {
        var publication = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront(edge => edge.PublicLoadBalancer = true);
            builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/api/*"));
            builder.AddWeb("web").WithExternalHttpEndpoints();
            builder.AddWeb("admin").WithExternalHttpEndpoints();
        });

        var template = publication.Template();
        const string Key = "Sub {{resolve:secretsmanager:${CloudfrontOriginKeySecretArn}:SecretString}}";
        Assert.Equal("internet-facing", template.Property("LoadBalancer", "Scheme"));
        Assert.Equal("[Ref PublicSubnetA, Ref PublicSubnetB]", template.Property("LoadBalancer", "Subnets"));
        Assert.Empty(template.OfType("AWS::CloudFront::VpcOrigin"));
        Assert.Null(template.Parameters["CloudFrontZones"]);
        var admitted = Assert.Single(template["LoadBalancerSecurityGroup"].Properties.At("SecurityGroupIngress").Maps());
        Assert.Equal("Ref CloudFrontPrefixListId", admitted.At("SourcePrefixListId").Show());
        Assert.All(template.OfType("AWS::ElasticLoadBalancingV2::ListenerRule"), rule =>
            Assert.Single(rule.Properties.At("Conditions").Maps(), condition =>
                condition.At("HttpHeaderConfig").Show() == $"{{HttpHeaderName: X-Fargate-Origin-Key, Values: [{Key}]}}"
            )
        );
        Assert.Equal(3, template.OfType("AWS::ElasticLoadBalancingV2::ListenerRule").Count());
        foreach (var distribution in template.OfType("AWS::CloudFront::Distribution"))
        {
            var origin = Assert.Single(distribution.Properties.At("DistributionConfig", "Origins").Maps());
            Assert.Equal(
                "{OriginProtocolPolicy: http-only, OriginSSLProtocols: [TLSv1.2], OriginReadTimeout: 60}",
                origin.At("CustomOriginConfig").Show()
            );
            Assert.Null(origin.At("VpcOriginConfig"));
            Assert.Contains(origin.At("OriginCustomHeaders").Maps(), header =>
                (header.At("HeaderName").Show(), header.At("HeaderValue").Show()) == ("X-Fargate-Origin-Key", Key)
            );
        }

        var secret = Assert.Single(publication.Application.Secrets, secret => secret.Name == "cloudfront-origin-key");
        Assert.True(secret.IsGenerated);
        Assert.Contains(publication.Application.Sources, source => source.Name == secret.Name);
        Assert.Contains("is readable on the way", publication.Notices(null), StringComparison.Ordinal);
        Assert.Contains("Public addresses of the load balancer", publication.File("README.md"), StringComparison.Ordinal);

        // With the names that it has without CloudFront, for the load balancer stays the same one.
        Assert.Contains("ApiTargetGroup", template.Resources.Select(resource => resource.Id));
        var withDomain = await PublishAsync(shop =>
            shop.WithShopDomain().WithCloudFront(edge => (edge.CertificateArn, edge.PublicLoadBalancer) = (Certificate, true))
        );
        Assert.DoesNotContain("readable on the way", withDomain.Notices(null), StringComparison.Ordinal);
        Assert.Equal(
            "https-only",
            withDomain
                .Template()["Distribution"]
                .Properties.At("DistributionConfig", "Origins")
                .Maps()
                .Single()
                .At("CustomOriginConfig", "OriginProtocolPolicy")
                .Show()
        );
    }
}
