using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServiceDefaults;

namespace Microsoft.Extensions.Hosting;

/// <summary>OpenTelemetry for a service.</summary>
public static class OpenTelemetryExtensions
{
    /// <summary>
    /// Collects traces, metrics and logs, of ASP.NET Core, <see cref="HttpClient"/>, the runtime and the application's own sources, and all
    /// that <see cref="AwsTelemetryExtensions.AddAwsTelemetry"/> adds: calls of AWS, messages of SQS, the attributes of a task, and export
    /// by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or one signal's own) is set. The variables of
    /// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ apply.
    /// </summary>
    /// <param name="builder">The builder of a web application or of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var applicationName = builder.Environment.ApplicationName;
        string[] ownSources = [applicationName, $"{applicationName}.*"];

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource
                    .AddService(applicationName, serviceVersion: Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3))
                    .AddAttributes(new Dictionary<string, object> { ["deployment.environment.name"] = builder.Environment.EnvironmentName })
            )
            .WithTracing(tracing =>
                tracing
                    .AddSource(ownSources)
                    .AddAspNetCoreInstrumentation(options =>
                    {
                        options.Filter = IsTraced;
                        options.RecordException = true;
                    })
                    .AddHttpClientInstrumentation()
            )
            .WithMetrics(metrics =>
                metrics.AddMeter(ownSources).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
            );

        return builder.AddAwsTelemetry();
    }

    private static bool IsTraced(HttpContext context) => !HealthEndpoints.Contains(context.Request.Path);
}
