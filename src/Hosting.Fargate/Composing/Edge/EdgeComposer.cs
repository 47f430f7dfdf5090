using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>CloudFront before the load balancer, and the private way from the one to the other.</summary>
internal static class EdgeComposer
{
    /// <summary>
    /// What CloudFront adds to a request, in place of what is there:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html.
    /// </summary>
    public const string DistributionHeader = "X-Fargate-Distribution";

    /// <summary>The header by which a load balancer on the internet knows CloudFront.</summary>
    public const string KeyHeader = "X-Fargate-Origin-Key";

    public const string PrefixListParameter = "CloudFrontPrefixListId";

    public const string ZonesParameter = "CloudFrontZones";

    /// <summary>
    /// The addresses from which CloudFront comes:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html#managed-prefix-list.
    /// </summary>
    public const string PrefixListName = "com.amazonaws.global.cloudfront.origin-facing";

    /// <summary>
    /// The zone of all distributions:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html.
    /// </summary>
    public const string HostedZoneId = "Z2FDTNDATAQYW2";

    /// <summary>The certificate; where it is in a stack of its own, the parameter with its ARN.</summary>
    public const string CertificateId = "DistributionCertificate";

    public const string HeadersPolicyId = "ResponseHeadersPolicy";

    public static TemplateSection Compose(FargateApplication application)
    {
        List<TemplateResource> resources = [];
        if (application.HasDistribution)
        {
            if (application is { HasOwnEdgeCertificate: true, HasEdgeStack: false })
            {
                resources.Add(Certificate(application));
            }

            if (application.Ingress.Edge is { SecurityHeaders: true, ContentSecurityPolicy: not null } edge)
            {
                resources.Add(HeadersPolicy(application, edge));
            }

            if (application.HasPrivateEdge)
            {
                resources.Add(VpcOrigin(application));
            }

            if (application is { HasLoadBalancer: false, Ingress: { HostedZoneId: not null, Domain: { } domain } })
            {
                resources.AddRange(LoadBalancerComposer.AliasRecords("DomainRecord", domain, application, $"WithDomain(\"{domain}\")"));
            }

            resources.AddRange(SiteComposer.Compose(application));
            resources.AddRange(
                EdgeDistribution.Of(application).Select(distribution => DistributionComposer.Compose(application, distribution))
            );
        }

        return new TemplateSection("CloudFront", resources);
    }

    /// <summary>
    /// The distributions that are a service's own: it has neither a path nor a host, and another has the application's address.
    /// </summary>
    public static IEnumerable<OwnDistribution> OwnDistributions(FargateApplication application) =>
        from service in application.HasEdge ? application.Services : []
        from rule in service.Routes.SelectMany(route => route.Rules)
        where rule.Distribution is not null
        select new OwnDistribution(service, rule.Distribution!);

    /// <summary>
    /// Who may call the load balancer. The list counts as 55 of the 60 rules that a group has, so that there is one rule for both ports, of
    /// which one has a listener: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html.
    /// </summary>
    public static TemplateMap Ingress() =>
        new()
        {
            ["IpProtocol"] = "tcp",
            ["FromPort"] = 80,
            ["ToPort"] = 443,
            ["SourcePrefixListId"] = Fn.Ref(PrefixListParameter),
            ["Description"] = "CloudFront alone. One rule, for the list counts as 55 of 60; a listener is on 80 or on 443",
        };

    public static TemplateMap PrefixList() =>
        new()
        {
            Comment = "WithCloudFront: the addresses that CloudFront comes from, each region has a list of its own. deploy looks it up",
            ["Type"] = "String",
            ["AllowedPattern"] = "^pl-[0-9a-f]{8,17}$",
            ["Description"] =
                $"The prefix list {PrefixListName} of this region: aws ec2 describe-managed-prefix-lists "
                + $"--filters Name=prefix-list-name,Values={PrefixListName} --query PrefixLists[].PrefixListId --output text",
        };

    /// <summary>In four regions there is a zone without VPC origins, whose letter is another one in each account.</summary>
    public static TemplateMap Zones(OwnNetwork network) =>
        new()
        {
            Comment = "WithCloudFront: the zones of the network, of those that CloudFront's VPC origins are in. deploy looks them up",
            ["Type"] = "List<AWS::EC2::AvailabilityZone::Name>",
            ["Description"] =
                $"{network.Zones.ToString(CultureInfo.InvariantCulture)} availability zones of this region, and none of use1-az3, "
                + "usw1-az2, apne1-az3, cac1-az3: aws ec2 describe-availability-zones --query AvailabilityZones[].[ZoneName,ZoneId] --output text",
        };

    /// <summary>
    /// What CloudFront says of who sends a request, the last address, is left as it is: so the one that applications look at is the
    /// browser's and not CloudFront's. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html,
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html.
    /// </summary>
    public static TemplateMap ForwardedFor() => new() { ["Key"] = "routing.http.xff_header_processing.mode", ["Value"] = "preserve" };

    public static TemplateResource Certificate(FargateApplication application) =>
        new(CertificateId, "AWS::CertificateManager::Certificate")
        {
            Comment =
                $"WithDomain(\"{application.Ingress.Domain}\"): one certificate for all names, as CloudFront wants it; validated by records",
            Properties = new()
            {
                ["DomainName"] = application.Ingress.Domain,
                ["SubjectAlternativeNames"] =
                    Names(application) is [_, .. var others] && others.Length > 0
                        ? new TemplateList(others.Select(name => (TemplateNode)name))
                        : null,
                ["ValidationMethod"] = "DNS",
                ["DomainValidationOptions"] = new TemplateList(
                    Names(application)
                        .Select(name =>
                            (TemplateNode)new TemplateMap { ["DomainName"] = name, ["HostedZoneId"] = application.Ingress.HostedZoneId }
                        )
                ),
            },
        };

    /// <summary>The names under which CloudFront is called, the domain first; none without one.</summary>
    public static string[] Names(FargateApplication application) =>
        application.Ingress.Domain is not { } domain
            ? []
            :
            [
                domain,
                .. application
                    .Services.SelectMany(service => service.Routes)
                    .SelectMany(route => route.Rules)
                    .Select(rule => rule.Host)
                    .Concat(application.Sites.Select(site => site.Place.Host))
                    .OfType<string>()
                    .Where(host => host != domain)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];

    /// <summary>
    /// A VPC origin cannot be changed while a distribution has it, so that what it says is in its id: another one takes its place.
    /// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateVpcOrigin.html
    /// </summary>
    public static string VpcOriginId(FargateApplication application) =>
        "VpcOrigin"
        + (application.Ingress.IsHttps ? "Https" : "")
        + (
            application.Network is ExistingNetwork { VpcId: var vpc }
                ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(vpc)).AsSpan(0, 3))
                : ""
        );

    private static TemplateResource VpcOrigin(FargateApplication application) =>
        new(VpcOriginId(application), "AWS::CloudFront::VpcOrigin")
        {
            Comment = "WithCloudFront: the private way from CloudFront to the load balancer. AWS takes up to 15 minutes to make it",
            DependsOn = application.Network is OwnNetwork ? ["InternetGatewayAttachment"] : [],
            Properties = new()
            {
                ["VpcOriginEndpointConfig"] = new TemplateMap
                {
                    ["Name"] = $"{application.Name}-{VpcOriginId(application)}",
                    ["Arn"] = Fn.Ref(SharedIds.LoadBalancer),
                    ["HTTPPort"] = 80,
                    ["HTTPSPort"] = 443,
                    ["OriginProtocolPolicy"] = application.Ingress.IsHttps ? "https-only" : "http-only",
                    ["OriginSSLProtocols"] = new TemplateList(["TLSv1.2"]),
                },
            },
        };

    public static TemplateMap ViewerCertificate(FargateApplication application) =>
        application.Ingress.Domain is null
            ? new() { ["CloudFrontDefaultCertificate"] = true }
            : new()
            {
                ["AcmCertificateArn"] = application.GivenEdgeCertificate is { } given ? given : Fn.Ref(CertificateId),
                ["SslSupportMethod"] = "sni-only",
                ["MinimumProtocolVersion"] = "TLSv1.2_2021",
            };

    /// <summary>What the managed policy has, and a policy for content beside it.</summary>
    private static TemplateResource HeadersPolicy(FargateApplication application, CloudFrontDistribution edge) =>
        new(HeadersPolicyId, "AWS::CloudFront::ResponseHeadersPolicy")
        {
            Comment = "edge.ContentSecurityPolicy: that of the security headers that AWS's own policy has. What the application says stays",
            Properties = new()
            {
                ["ResponseHeadersPolicyConfig"] = new TemplateMap
                {
                    ["Name"] = Fn.Sub($"{application.Name}-${{AWS::Region}}"),
                    ["SecurityHeadersConfig"] = new TemplateMap
                    {
                        ["ContentSecurityPolicy"] = new TemplateMap
                        {
                            ["ContentSecurityPolicy"] = edge.ContentSecurityPolicy,
                            ["Override"] = false,
                        },
                        ["ContentTypeOptions"] = new TemplateMap { ["Override"] = true },
                        ["FrameOptions"] = new TemplateMap { ["FrameOption"] = "SAMEORIGIN", ["Override"] = false },
                        ["ReferrerPolicy"] = new TemplateMap
                        {
                            ["ReferrerPolicy"] = "strict-origin-when-cross-origin",
                            ["Override"] = false,
                        },
                        ["StrictTransportSecurity"] = new TemplateMap { ["AccessControlMaxAgeSec"] = 31_536_000, ["Override"] = false },
                    },
                },
            },
        };
}

/// <summary>A distribution that is a service's own.</summary>
internal sealed record OwnDistribution(ServiceSpec Service, string Distribution);
