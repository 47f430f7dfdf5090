using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Deploying;
using Hosting.Fargate.Reading;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>Where the first request of a deploy goes.</summary>
public sealed class SmokeTestTests
{
    private const string Url = "http://lb.example.com";

    private static async Task<IReadOnlyDictionary<string, string?>> AddressesAsync(Action<IDistributedApplicationBuilder> model) =>
        (await Published.ModelAsync(model)).Application.Services.ToDictionary(
            service => service.Name,
            service => SmokeTest.AddressOf(service, Url) is var (address, host) ? $"{address} {host}".TrimEnd() : null
        );

    [Fact]
    public async Task A_service_with_a_port_of_its_own_is_asked_on_it()
    {
        var addresses = await AddressesAsync(builder =>
        {
            builder.AddWeb("api").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
            builder.AddWeb("site").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
            builder.AddWeb("inner").WithHttpHealthCheck("/health");
        });

        Assert.Equal($"{Url}/health", addresses["api"]);
        Assert.Equal($"{Url}:{DefaultRoutes.PortOf("site", null)}/health", addresses["site"]);
        Assert.Null(addresses["inner"]);
    }

    [Fact]
    public async Task A_service_with_a_host_is_asked_by_it_and_one_whose_check_no_route_leads_to_is_not_asked()
    {
        var addresses = await AddressesAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
            builder.AddWeb("api").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
            builder.AddWeb("site").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
            builder
                .AddWeb("orders")
                .WithExternalHttpEndpoints()
                .WithHttpHealthCheck("/health")
                .PublishAsFargateService(service => service.WithRoute("/orders/*"));
        });

        Assert.Equal($"{Url}/health site.shop.example.com", addresses["site"]);
        Assert.Null(addresses["orders"]);
    }
}
