using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServiceDefaults.Tests.Health;

public sealed class HealthEndpointTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_healthy_service_answers_one_word_in_production(string path)
    {
        await using var host = await ObservedHost.StartAsync();

        using var response = await host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Healthy", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_failing_check_makes_the_service_unready_but_leaves_it_alive_and_is_not_told()
    {
        await using var host = await ObservedHost.StartAsync(builder =>
            builder.Services.AddHealthChecks().AddCheck("secret-database", () => HealthCheckResult.Unhealthy("password wrong"))
        );

        using var ready = await host.Client.GetAsync("/health");
        using var alive = await host.Client.GetAsync("/alive");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("Unhealthy", await ready.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task A_stopping_service_is_no_longer_ready_but_alive()
    {
        await using var host = await ObservedHost.StartAsync();

        host.App.Lifetime.StopApplication();

        using var ready = await host.Client.GetAsync("/health");
        using var alive = await host.Client.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
