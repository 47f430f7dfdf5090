using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults;

namespace Microsoft.Extensions.Hosting;

/// <summary>Health checks and the endpoints that answer for them.</summary>
public static class HealthExtensions
{
    private const string LiveTag = "live";

    /// <summary>
    /// Adds the checks that every service has: alive while it answers, ready until it is told to stop. A check of the service's
    /// own, added by <c>AddHealthChecks()</c>, counts for readiness, and for liveness too if tagged <c>live</c>.
    /// </summary>
    /// <param name="builder">The builder of a web application or of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .Services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag])
            .AddCheck<StoppingHealthCheck>("stopping");
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (ready for requests) and <c>/alive</c> (working), in production too, where a load balancer asks for
    /// them. They answer one word, <c>Healthy</c> or <c>Degraded</c> with 200 or <c>Unhealthy</c> with 503, to anybody, and tell
    /// nothing of the checks behind it. They are in no trace and no request metric.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns><paramref name="app"/>, to chain calls.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthChecks(HealthEndpoints.Readiness).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks(HealthEndpoints.Liveness, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) })
            .AllowAnonymous()
            .DisableHttpMetrics();
        return app;
    }
}
