using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>A distribution: what it is called, where it takes what from, and what it keeps.</summary>
internal static class DistributionComposer
{
    private const string LoadBalancer = "load-balancer";

    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
    private const string CachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private const string CachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    private const string UseOriginCacheControlHeadersAndQueryStrings = "4cc15a8a-d715-48a4-82b8-cc0b614638fe";

    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
    private const string AllViewerAndCloudFrontHeaders = "33f36d7e-f396-46d9-90e0-52428a34d9dc";

    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
    private const string SecurityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

    public static TemplateResource Compose(FargateApplication application, EdgeDistribution distribution)
    {
        var edge = application.Ingress.Edge!;
        return new(distribution.Id, "AWS::CloudFront::Distribution")
        {
            Comment = distribution switch
            {
                { Name: null, Site: { } site } =>
                    $"{site.Name}.PublishAsStaticSite(): HTTPS for browsers, HTTP/2 and HTTP/3; what services have a path for is theirs",
                { Name: null } => "WithCloudFront: HTTPS for browsers, HTTP/2 and HTTP/3. AWS takes some 5 minutes to make it everywhere",
                { Owner: null } => "the hosts of services, since files have the application's address",
                _ => $"{distribution.Owner}: an address of its own, since another has the application's",
            },
            Owner = distribution.Owner,
            Properties = new()
            {
                ["DistributionConfig"] = new TemplateMap
                {
                    ["Comment"] = distribution.Name is null ? application.Name : $"{application.Name}: {distribution.Name}",
                    ["Enabled"] = true,
                    ["HttpVersion"] = "http2and3",
                    ["IPV6Enabled"] = true,
                    ["PriceClass"] = edge.PriceClass switch
                    {
                        CloudFrontPriceClass.Class100 => "PriceClass_100",
                        CloudFrontPriceClass.Class200 => "PriceClass_200",
                        _ => "PriceClass_All",
                    },
                    ["Aliases"] =
                        distribution.Aliases.Length == 0 ? null : new TemplateList(distribution.Aliases.Select(name => (TemplateNode)name)),
                    ["ViewerCertificate"] = EdgeComposer.ViewerCertificate(application),
                    ["Origins"] = new TemplateList([
                        .. distribution.Site is { } files ? [SiteComposer.Origin(files)] : Array.Empty<TemplateMap>(),
                        .. distribution.HasLoadBalancer ? [Origin(application, distribution)] : Array.Empty<TemplateMap>(),
                    ]),
                    ["DefaultCacheBehavior"] = distribution.Site is { } first ? OfFiles(application, first) : OfServices(application, edge),
                    ["CacheBehaviors"] = Paths(application, edge, distribution),
                    ["Restrictions"] = Restrictions(edge),
                    ["WebACLId"] = WebAclComposer.OfDistribution(application),
                    ["Logging"] = edge.AccessLogBucket is not { } bucket
                        ? null
                        : new TemplateMap { ["Bucket"] = $"{bucket}.s3.amazonaws.com", ["Prefix"] = $"{application.Name}/" },
                },
            },
        };
    }

    private static TemplateMap Origin(FargateApplication application, EdgeDistribution distribution)
    {
        var seconds = application.Ingress.Edge!.AnswerSeconds(application.IdleSeconds);
        return new()
        {
            ["Id"] = LoadBalancer,
            ["DomainName"] = Fn.GetAtt(SharedIds.LoadBalancer, "DNSName"),
            ["OriginCustomHeaders"] = new TemplateList([
                new TemplateMap
                {
                    Comment = "by which the load balancer's rules tell distributions apart; what a browser sends of it is overwritten",
                    ["HeaderName"] = EdgeComposer.DistributionHeader,
                    ["HeaderValue"] = distribution.OfService ?? "/",
                },
                .. application.OriginKey is { } key
                    ?
                    [
                        new TemplateMap
                        {
                            Comment = "by which the load balancer's rules know this application's CloudFront",
                            ["HeaderName"] = EdgeComposer.KeyHeader,
                            ["HeaderValue"] = ValueComposer.Compose(new SecretValue(key)),
                        },
                    ]
                    : Array.Empty<TemplateMap>(),
            ]),
            ["VpcOriginConfig"] = application.HasPrivateEdge
                ? new TemplateMap
                {
                    ["VpcOriginId"] = Fn.GetAtt(EdgeComposer.VpcOriginId(application), "Id"),
                    ["OriginReadTimeout"] = seconds,
                }
                : null,
            ["CustomOriginConfig"] = application.HasPrivateEdge
                ? null
                : new TemplateMap
                {
                    ["OriginProtocolPolicy"] = application.Ingress.IsHttps ? "https-only" : "http-only",
                    ["OriginSSLProtocols"] = new TemplateList(["TLSv1.2"]),
                    ["OriginReadTimeout"] = seconds,
                },
        };
    }

    /// <summary>What services have paths for, beside files: as the load balancer's rules have them, in their order.</summary>
    private static TemplateList? Paths(FargateApplication application, CloudFrontDistribution edge, EdgeDistribution distribution)
    {
        if (distribution is not { Site: not null, HasLoadBalancer: true })
        {
            return null;
        }

        List<TemplateNode> behaviors = [];
        foreach (var path in EdgeDistribution.PathsOf(application))
        {
            var behavior = new TemplateMap { ["PathPattern"] = path };
            foreach (var (name, value) in OfServices(application, edge))
            {
                behavior[name] = value;
            }

            behaviors.Add(behavior);
        }

        return new TemplateList(behaviors);
    }

    private static TemplateMap OfServices(FargateApplication application, CloudFrontDistribution edge) =>
        new()
        {
            ["TargetOriginId"] = LoadBalancer,
            ["ViewerProtocolPolicy"] = ViewerProtocol(application),
            ["AllowedMethods"] = new TemplateList(["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]),
            ["CachePolicyId"] = edge.FollowsCacheControl ? UseOriginCacheControlHeadersAndQueryStrings : CachingDisabled,

            // Without a cache CloudFront compresses nothing: what a browser takes is passed on, and the application compresses. Source:
            // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html.
            ["Compress"] = edge.FollowsCacheControl,
            ["OriginRequestPolicyId"] = AllViewerAndCloudFrontHeaders,
            ["ResponseHeadersPolicyId"] = HeadersPolicy(edge),
        };

    /// <summary>
    /// Files: kept as each says by its Cache-Control, compressed. A function finds index.html, and no answer to an error does: that would
    /// be for the whole distribution, and turn a service's own 403 and 404 into the page.
    /// </summary>
    private static TemplateMap OfFiles(FargateApplication application, Site site) =>
        new()
        {
            ["TargetOriginId"] = SiteComposer.OriginName(site),
            ["ViewerProtocolPolicy"] = ViewerProtocol(application),
            ["AllowedMethods"] = new TemplateList(["GET", "HEAD", "OPTIONS"]),
            ["CachePolicyId"] = CachingOptimized,
            ["Compress"] = true,
            ["ResponseHeadersPolicyId"] = HeadersPolicy(application.Ingress.Edge!),
            ["FunctionAssociations"] = new TemplateList([
                new TemplateMap
                {
                    ["EventType"] = "viewer-request",
                    ["FunctionARN"] = Fn.GetAtt(SiteComposer.FunctionId(site), "FunctionARN"),
                },
            ]),
        };

    private static string ViewerProtocol(FargateApplication application) =>
        application.Ingress.Redirect ? "redirect-to-https" : "allow-all";

    private static TemplateNode? HeadersPolicy(CloudFrontDistribution edge) =>
        edge switch
        {
            { SecurityHeaders: false } => null,
            { ContentSecurityPolicy: not null } => Fn.Ref(EdgeComposer.HeadersPolicyId),
            _ => SecurityHeaders,
        };

    private static TemplateMap? Restrictions(CloudFrontDistribution edge) =>
        edge.Geography is not { } geography
            ? null
            : new()
            {
                ["GeoRestriction"] = new TemplateMap
                {
                    ["RestrictionType"] = geography.Alone ? "whitelist" : "blacklist",
                    ["Locations"] = new TemplateList(geography.Countries.Select(country => (TemplateNode)country)),
                },
            };
}
