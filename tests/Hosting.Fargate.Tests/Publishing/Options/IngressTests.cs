using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class IngressTests
{
    private const string Certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/0123-abcd";
    private const string Redirect = "[{Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: 443, StatusCode: HTTP_301}}]";

    [Fact]
    public async Task A_domain_has_a_certificate_a_record_and_HTTPS_with_redirect()
    {
        var published = await PublishAsync(shop => shop.WithDomain("Shop.example.com", "Z0123456789"));

        var template = published.Template();
        Assert.Equal("shop.example.com", template.Property("Certificate", "DomainName"));
        Assert.Equal(
            "[{DomainName: shop.example.com, HostedZoneId: Z0123456789}]",
            template.Property("Certificate", "DomainValidationOptions")
        );
        Assert.Equal(
            ("shop.example.com", "Z0123456789"),
            (template.Property("DomainRecord", "Name"), template.Property("DomainRecord", "HostedZoneId"))
        );
        Assert.Equal("[{CertificateArn: Ref Certificate}]", template.Property("HttpsListener", "Certificates"));
        Assert.Equal(Redirect, template.Property("HttpListener", "DefaultActions"));
        Assert.Equal("Ref HttpsListener", template.Property("ApiListenerRule", "ListenerArn"));
        Assert.Equal("https://shop.example.com", template.Outputs.At("Url", "Value").Show());
        Assert.Equal(
            [80, 443],
            template["LoadBalancerSecurityGroup"]
                .Properties.At("SecurityGroupIngress")
                .Maps()
                .Select(rule => rule.At("FromPort").AsInt()!.Value)
        );
        Assert.DoesNotContain("plain HTTP", published.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_routes_host_in_the_zone_has_a_certificate_and_a_record_too()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("example.com", "Z0123456789");
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/v1/*", host: "api.example.com");
                        service.WithRoute("/v2/*", host: "api.example.com");
                        service.WithRoute(host: "example.com");
                    });
            })
        ).Template();

        Assert.Equal("api.example.com", template.Property("ApiCertificate", "DomainName"));
        Assert.Equal("[{CertificateArn: Ref ApiCertificate}]", template.Property("ApiListenerCertificate", "Certificates"));
        Assert.Equal("api.example.com", template.Property("ApiRecord", "Name"));
        Assert.Equal(2, template.OfType("AWS::CertificateManager::Certificate").Count());
    }

    [Fact]
    public async Task A_certificate_that_exists_serves_HTTPS_and_makes_no_record()
    {
        var template = (await PublishAsync(shop => shop.WithCertificate(Certificate, "shop.example.com"))).Template();

        Assert.Equal($"[{{CertificateArn: {Certificate}}}]", template.Property("HttpsListener", "Certificates"));
        Assert.Empty(template.OfType("AWS::CertificateManager::Certificate"));
        Assert.Empty(template.OfType("AWS::Route53::RecordSet"));
        Assert.Equal("https://shop.example.com", template.Outputs.At("Url", "Value").Show());
    }

    [Fact]
    public async Task Without_redirect_plain_HTTP_is_served_as_HTTPS_is()
    {
        var template = (
            await PublishAsync(shop => shop.WithCertificate(Certificate, "shop.example.com").WithoutHttpsRedirect())
        ).Template();

        Assert.NotEqual(Redirect, template.Property("HttpListener", "DefaultActions"));
        Assert.Equal("Ref HttpsListener", template.Property("ApiListenerRule", "ListenerArn"));
        Assert.Equal("Ref HttpListener", template.Property("ApiHttpListenerRule", "ListenerArn"));
        Assert.Contains("ApiHttpListenerRule", template["ApiService"].DependsOn);
    }

    [Fact]
    public async Task Access_logs_go_to_a_bucket_of_the_foundation_for_some_days()
    {
        var published = await PublishAsync(shop => shop.WithAccessLogs(30));

        Assert.Contains(
            "{Key: access_logs.s3.bucket, Value: Ref AccessLogsBucketName}",
            published.Template().Property("LoadBalancer", "LoadBalancerAttributes"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "ExpirationInDays: 30",
            published.Templates.Foundation.Property("AccessLogsBucket", "LifecycleConfiguration"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "logdelivery.elasticloadbalancing.amazonaws.com",
            published.Templates.Foundation.Property("AccessLogsBucketPolicy", "PolicyDocument"),
            StringComparison.Ordinal
        );
        Assert.Equal("RetainExceptOnCreate", published.Templates.Foundation["AccessLogsBucket"].DeletionPolicy);
        Assert.Contains(
            "{Key: access_logs.s3.enabled, Value: false}",
            (await PublishAsync(_ => { })).Template().Property("LoadBalancer", "LoadBalancerAttributes"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_no_name_zone_or_certificate_is_refused_where_it_is_said()
    {
        await PublishAsync(shop =>
        {
            Assert.Contains(
                "a host name, such as",
                Assert.Throws<ArgumentException>(() => shop.WithDomain("not a name", "Z0123456789")).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "a host name, such as",
                Assert.Throws<ArgumentException>(() => shop.WithDomain("localhost", "Z0123456789")).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "a Route 53 zone's id",
                Assert.Throws<ArgumentException>(() => shop.WithDomain("shop.example.com", "example.com")).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "a certificate in ACM",
                Assert
                    .Throws<ArgumentException>(() =>
                        shop.WithCertificate("arn:aws:iam::123456789012:server-certificate/x", "shop.example.com")
                    )
                    .Message,
                StringComparison.Ordinal
            );
            Assert.Equal("domain", Assert.Throws<ArgumentException>(() => shop.WithCertificate(Certificate, "https://shop")).ParamName);
            Assert.Equal("days", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithAccessLogs(0)).ParamName);
        });
    }

    private static Task<Publication> PublishAsync(Action<IResourceBuilder<FargateEnvironmentResource>> configure) =>
        Published.ModelAsync(builder =>
        {
            configure(builder.AddFargateEnvironment("shop"));
            builder.AddWeb("api").WithExternalHttpEndpoints();
        });
}
