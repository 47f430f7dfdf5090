using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using ServiceDefaults;

namespace Microsoft.Extensions.Hosting;

/// <summary>What each service calls once.</summary>
public static class ServiceDefaultsExtensions
{
    // Above what a request or a job in hand should need, below the 60 s of a task's StopTimeout with 5 s left to flush telemetry.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(45);

    // In run mode: Aspire's orchestrator kills what has not ended some 10 s after it was told to.
    private static readonly TimeSpan DevelopmentShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Adds what every service has: telemetry (<see cref="OpenTelemetryExtensions.ConfigureOpenTelemetry"/>), lines of JSON on the console,
    /// health checks, service discovery and resilience for each <see cref="HttpClient"/> of the factory, the header that says what browsers
    /// speak where <c>ForwardedHeaders:ForwardedProtoHeaderName</c> names one, and a graceful stop. Call it before anything that creates an
    /// AWS client, since clients are instrumented as they are created.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Of ASP.NET Core's own lines those from <c>Warning</c> on are logged, as the templates have it, unless
    /// <c>Logging:LogLevel:Microsoft.AspNetCore</c> says otherwise: what it says of each request is on the request's span.
    /// </para>
    /// <para>
    /// Spans and metrics of the application's own are collected where the source is named after the application or begins with its
    /// name and a dot: <c>new ActivitySource("Worker")</c>, <c>meterFactory.Create("Worker.Jobs")</c>. Instruments by the
    /// conventions have lower-case dotted names and a unit, and what has a duration is a histogram in seconds:
    /// <c>meter.CreateHistogram&lt;double&gt;("worker.job.duration", unit: "s")</c>, <c>meter.CreateCounter&lt;long&gt;("worker.jobs",
    /// unit: "{job}")</c>.
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder of a web application or of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureOpenTelemetry();
        builder.ConfigureConsole();
        builder.QuietFramework();
        builder.AddDefaultHealthChecks();
        builder.ConfigureForwardedProto();

        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // A POST that timed out may have been done.
            http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());
            http.AddServiceDiscovery();
        });

        var shutdownTimeout = builder.Environment.IsDevelopment() ? DevelopmentShutdownTimeout : ShutdownTimeout;
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdownTimeout);
        return builder;
    }
}
