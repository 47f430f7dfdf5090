using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>What is before the load balancer.</summary>
public static partial class FargateEnvironmentBuilderExtensions
{
    /// <summary>
    /// Puts Amazon CloudFront before the load balancer: HTTPS, HTTP/2 and HTTP/3 under a name of its own, <c>https://….cloudfront.net</c>,
    /// without a domain or a certificate. The load balancer is internal then, and reached by CloudFront alone (a VPC origin):
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html. A first deploy and
    /// <c>destroy</c> take up to 20 minutes more. With a domain of the environment it has that name, and a certificate in us-east-1.
    /// </summary>
    /// <remarks>
    /// Nothing is cached, and all headers, cookies and queries of a request are passed on, WebSockets too; its Host is the public one, and
    /// the last address of X-Forwarded-For that of who sent it. Without a domain CloudFront comes to the load balancer by HTTP, within
    /// AWS's network, which is what X-Forwarded-Proto says then: CloudFront-Forwarded-Proto says what the browser used.
    /// </remarks>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="configure">Its certificate, web ACL, headers and limits.</param>
    [AspireExport(RunSyncOnBackgroundThread = true)]
    public static IResourceBuilder<FargateEnvironmentResource> WithCloudFront(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        Action<CloudFrontDistribution>? configure = null
    )
    {
        var edge = new CloudFrontDistribution();
        configure?.Invoke(edge);
        return builder.Set(environment => environment.Ingress = environment.Ingress with { Edge = edge });
    }
}
