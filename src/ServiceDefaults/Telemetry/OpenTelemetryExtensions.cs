using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AWS;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServiceDefaults.Health;
using ServiceDefaults.Messaging;
using ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>OpenTelemetry for a service.</summary>
public static class OpenTelemetryExtensions
{
    private static readonly string[] EndpointKeys =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    /// <summary>
    /// Collects traces, metrics and logs, of ASP.NET Core, <see cref="HttpClient"/>, the runtime, the AWS SDK, SQS messages and the application's own
    /// sources, and exports them by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or one signal's own) is set. The variables
    /// of https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ apply. Export is asynchronous
    /// from bounded queues: a receiver that fails or hangs costs records, never a request, and at most
    /// 5 s at the end.
    /// </summary>
    /// <param name="builder">The builder of a web application or of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var applicationName = builder.Environment.ApplicationName;
        string[] ownSources = [applicationName, $"{applicationName}.*"];

        SqsPipelineCustomizer.Register();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder))
            .WithTracing(tracing => tracing
                .AddSource(ownSources)
                .AddSource(SqsTelemetry.ActivitySourceName)
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = IsTraced;
                    options.RecordException = true;
                })
                .AddHttpClientInstrumentation()
                .AddAWSInstrumentation(options =>
                {
                    // One span a call, named as the dashboards and CloudWatch know it.
                    options.SuppressDownstreamInstrumentation = true;
                    options.SemanticConventionVersion = SemanticConventionVersion.V1_40_0;
                })
                .AddProcessor(new AwsCallFailureProcessor()))
            .WithMetrics(metrics => metrics
                .AddMeter(ownSources)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddAWSInstrumentation());

        if (EndpointKeys.Any(key => !string.IsNullOrWhiteSpace(builder.Configuration[key])))
        {
            telemetry.UseOtlpExporter();
            OtlpHttpClients.Configure(builder.Services);
            builder.Services.AddHostedService<TelemetryFlush>();
        }

        return builder;
    }

    private static bool IsTraced(HttpContext context) => !HealthEndpoints.Contains(context.Request.Path);

    private static void Describe(ResourceBuilder resource, IHostApplicationBuilder builder)
    {
        resource
            .AddService(
                builder.Environment.ApplicationName,
                serviceVersion: Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3))
            .AddAttributes([new("deployment.environment.name", builder.Environment.EnvironmentName)])
            // Once more and last: what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say goes before the names found here.
            .AddEnvironmentVariableDetector();
    }
}
