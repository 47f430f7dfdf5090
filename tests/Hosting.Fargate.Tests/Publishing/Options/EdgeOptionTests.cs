using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing.Refusals;
using static Hosting.Fargate.Tests.Publishing.Options.EdgeShop;

namespace Hosting.Fargate.Tests.Publishing.Options;

/// <summary>What is said of CloudFront, and what it cannot do.</summary>
public sealed class EdgeOptionTests
{
    [Fact]
    public async Task A_domain_without_a_certificate_that_CloudFront_can_have_is_refused()
    {
        await Refused.ForAsync(
            builder =>
            {
                builder
                    .AddFargateEnvironment("shop")
                    .WithCertificate(Certificate.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal), "shop.example.com")
                    .WithCloudFront();
                builder.AddWeb("api").WithExternalHttpEndpoints();
            },
            "takes the name 'shop.example.com' with a certificate of us-east-1 alone",
            ".WithDomain(\"shop.example.com\", hostedZoneId)",
            "edge.CertificateArn = "
        );
        await Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront(edge => edge.CertificateArn = Certificate);
                builder.AddWeb("api").WithExternalHttpEndpoints();
            },
            "gives CloudFront a certificate (edge.CertificateArn) and no name",
            "WithDomain or WithCertificate"
        );
    }

    [Fact]
    public Task Where_CloudFront_is_not_is_refused() =>
        Refused.ForAsync(
            builder =>
            {
                builder
                    .AddFargateEnvironment("shop")
                    .WithCloudFront()
                    .WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.USGovCloudWest1));
                builder.AddWeb("api").WithExternalHttpEndpoints();
            },
            "is deployed to us-gov-west-1, where CloudFront is not",
            "Leave WithCloudFront out"
        );

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
            "'site' has no route for its external endpoint",
            "WithDomain"
        );
        await RouteAsync(service => service.WithPort(8443), "'api' has port 8443 of the load balancer", "CloudFront answers on 443 alone");
        await RouteAsync(
            service => service.WithRoute(host: "api.example.com"),
            "'api' has the route to the host 'api.example.com'",
            "without a domain"
        );
        await Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                builder.AddWeb("api").WithExternalHttpEndpoints().AsHttp2Service();
            },
            "'api' speaks HTTP/2 alone on its external endpoint",
            "without gRPC"
        );

        static Task RouteAsync(Action<FargateService> route, params string[] words) =>
            Refused.ForAsync(
                builder =>
                {
                    builder.AddFargateEnvironment("shop").WithCloudFront();
                    builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(route);
                },
                words
            );
    }

    [Fact]
    public async Task Answers_may_take_as_long_as_CloudFront_waits()
    {
        Assert.Equal("70", await WaitsAsync(_ => { }, seconds: 60));
        Assert.Equal("120", await WaitsAsync(_ => { }, seconds: 115));
        Assert.Equal("310", await WaitsAsync(edge => edge.LongestAnswer = TimeSpan.FromSeconds(310), seconds: 300));
        await TooLongAsync(_ => { }, "takes 120 s for its longest answer", "CloudFront answers 504 after 120 s", "raise the quota");
        await TooLongAsync(
            edge => edge.LongestAnswer = TimeSpan.FromSeconds(90),
            "CloudFront answers 504 after 90 s",
            "raise the other: edge.LongestAnswer"
        );

        static async Task<string?> WaitsAsync(Action<CloudFrontDistribution> configure, int seconds) =>
            (await Published.ModelAsync(builder => Shop(builder, configure, seconds)))
                .Template()["Distribution"]
                .Properties.At("DistributionConfig", "Origins")
                .Maps()
                .Single()
                .At("VpcOriginConfig", "OriginReadTimeout")
                .Show();

        static Task TooLongAsync(Action<CloudFrontDistribution> configure, params string[] words) =>
            Refused.ForAsync(builder => Shop(builder, configure, seconds: 120), words);

        static void Shop(IDistributedApplicationBuilder builder, Action<CloudFrontDistribution> configure, int seconds)
        {
            builder.AddFargateEnvironment("shop").WithCloudFront(configure);
            builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service => service.LongestAnswer = TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task Options_are_those_of_the_distribution()
    {
        const string webAcl = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/0123-abcd";
        var template = (
            await PublishAsync(shop =>
                shop.WithCloudFront(edge =>
                {
                    (edge.PriceClass, edge.WebAclArn, edge.FollowsCacheControl) = (CloudFrontPriceClass.Class100, webAcl, true);
                    edge.ContentSecurityPolicy = "default-src 'self'";
                    edge.AllowCountries("DE", "AT");
                })
            )
        ).Template();

        var distribution = template["Distribution"].Properties.At("DistributionConfig");
        Assert.Equal(("PriceClass_100", webAcl), (distribution.At("PriceClass").Show(), distribution.At("WebACLId").Show()));
        Assert.Equal("{GeoRestriction: {RestrictionType: whitelist, Locations: [AT, DE]}}", distribution.At("Restrictions").Show());
        var behavior = distribution.At("DefaultCacheBehavior");
        Assert.Equal("4cc15a8a-d715-48a4-82b8-cc0b614638fe", behavior.At("CachePolicyId").Show());
        Assert.Equal("true", behavior.At("Compress").Show());
        Assert.Equal("Ref ResponseHeadersPolicy", behavior.At("ResponseHeadersPolicyId").Show());
        Assert.Equal(
            "{ContentSecurityPolicy: default-src 'self', Override: false}",
            template.Property("ResponseHeadersPolicy", "ResponseHeadersPolicyConfig", "SecurityHeadersConfig", "ContentSecurityPolicy")
        );
        var bare = (
            await PublishAsync(shop =>
                shop.WithoutHttpsRedirect().WithCloudFront(edge => (edge.SecurityHeaders, edge.AccessLogBucket) = (false, "shop-logs"))
            )
        ).Template();
        Assert.Equal("{Bucket: shop-logs.s3.amazonaws.com, Prefix: shop/}", bare.Property("Distribution", "DistributionConfig", "Logging"));
        Assert.Null(bare.Property("Distribution", "DistributionConfig", "DefaultCacheBehavior", "ResponseHeadersPolicyId"));
        Assert.Equal("allow-all", bare.Property("Distribution", "DistributionConfig", "DefaultCacheBehavior", "ViewerProtocolPolicy"));
    }

    [Fact]
    public void What_CloudFront_does_not_take_is_refused_where_it_is_said()
    {
        var edge = new CloudFrontDistribution();
        Refuses(() => edge.CertificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/0123-abcd", "in us-east-1");
        Refuses(() => edge.AlarmTopicArn = "arn:aws:sns:eu-west-1:123456789012:on-call", "they are in us-east-1");
        Refuses(() => edge.WebAclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/0123", "WithWebAcl");
        Refuses(() => edge.AllowCountries("Germany"), "codes of countries");
        Refuses(() => edge.RefuseCountries(), "codes of countries");
        Refuses(() => edge.ContentSecurityPolicy = "default-src 'self'\nx", "one line");
        Refuses(() => edge.AccessLogBucket = "s3://logs", "no name of a bucket");
        Assert.Throws<ArgumentOutOfRangeException>(() => edge.LongestAnswer = TimeSpan.FromMilliseconds(1500));

        static void Refuses(Func<object?> set, string words) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(() => set()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_warning_of_plain_HTTP_names_the_one_line()
    {
        var published = await PublishAsync(_ => { });
        Assert.Contains(".WithCloudFront()", published.Notices(null), StringComparison.Ordinal);
    }
}
