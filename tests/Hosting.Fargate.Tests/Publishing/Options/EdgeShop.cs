using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Options;

/// <summary>An environment with CloudFront before it, or without.</summary>
internal static class EdgeShop
{
    /// <summary>A certificate that CloudFront can have.</summary>
    public const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0123-abcd";

    public static IResourceBuilder<FargateEnvironmentResource> WithShopDomain(this IResourceBuilder<FargateEnvironmentResource> shop) =>
        shop.WithDomain("shop.example.com", "Z0123456789");

    /// <summary>Publishes one external service.</summary>
    public static Task<Publication> PublishAsync(Action<IResourceBuilder<FargateEnvironmentResource>> configure) =>
        Published.ModelAsync(builder =>
        {
            configure(builder.AddFargateEnvironment("shop"));
            builder.AddWeb("api").WithExternalHttpEndpoints();
        });
}
