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
using ServiceDefaults.Ecs;
using ServiceDefaults.Health;
using ServiceDefaults.Messaging;
using ServiceDefaults.Telemetry;
using ServiceDefaults.Telemetry.Export;

namespace Microsoft.Extensions.Hosting;

/// <summary>OpenTelemetry for a service.</summary>
public static class OpenTelemetryExtensions
{
    /// <summary>
    /// Collects traces, metrics and logs, of ASP.NET Core, <see cref="HttpClient"/>, the runtime, the AWS SDK, SQS messages and the application's own
    /// sources, and exports them by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or one signal's own) is set. The variables
    /// of https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ apply. Export is asynchronous
    /// from bounded queues: a receiver that fails or hangs costs records, which are counted and said in the log, never a request,
    /// and at most 5 s at the end.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Of what others measure, the parts whose count and outcome a duration tells already are left out: the steps and bytes of AWS calls, states of
    /// connections, authentication, memory pools. <c>metrics.AddView(name, new MetricStreamConfiguration())</c> has one of them again. Calls of AWS are
    /// measured as such and not as HTTP too; <c>metrics.AddMeter("ServiceDefaults.AwsHttp")</c> adds that.
    /// </para>
    /// <para>On Amazon ECS the resource has the attributes of the task; the task metadata endpoint holds up the start by less than a second.</para>
    /// <para>
    /// An endpoint of CloudWatch (<c>https://xray.REGION.amazonaws.com/v1/traces</c>, <c>https://monitoring.REGION.amazonaws.com/v1/metrics</c>,
    /// <c>https://logs.REGION.amazonaws.com/v1/logs</c>) gets HTTP within its limits, signed with the process's credentials, or those of
    /// an <see cref="Amazon.Runtime.AWSCredentials"/> among the services. <c>Telemetry:Aws:SigningRegion</c> has requests to other addresses
    /// signed too. Where <c>OTEL_EXPORTER_OTLP_LOGS_HEADERS</c> names no <c>x-aws-log-group</c> or <c>x-aws-log-stream</c>, logs go to those of the
    /// container's awslogs driver, and without such a stream to one named after the application. It must exist.
    /// </para>
    /// <para>
    /// <c>OTEL_TRACES_SAMPLER</c> decides at the head of a trace. With a ratio, what a process does for a request or a message is
    /// exported besides if anything in it fails.
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder of a web application or of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var applicationName = builder.Environment.ApplicationName;
        string[] ownSources = [applicationName, $"{applicationName}.*"];

        var ecs = new EcsDetection(builder.Configuration[EcsDetection.EndpointVariable]);
        if (ecs.IsOnEcs)
        {
            builder.Services.AddHostedService(provider => new EcsDetectionReport(ecs, provider.GetRequiredService<ILogger<EcsDetectionReport>>()));
        }

        AwsHttpClientFactory.Register();
        SqsPipelineCustomizer.Register();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder, ecs))
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
                .AddView(MetricLimits.Of)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddAWSInstrumentation());

        builder.AddOtlpExport(ecs);
        TelemetryLifetime.Add(builder.Services);
        return builder;
    }

    private static bool IsTraced(HttpContext context) => !HealthEndpoints.Contains(context.Request.Path);

    private static void Describe(ResourceBuilder resource, IHostApplicationBuilder builder, EcsDetection ecs)
    {
        resource
            .AddService(
                builder.Environment.ApplicationName,
                serviceVersion: Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3))
            .AddAttributes(new Dictionary<string, object> { ["deployment.environment.name"] = builder.Environment.EnvironmentName });
        if (ecs.IsOnEcs)
        {
            resource.AddDetector(ecs);
        }

        // Once more and last: what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say goes before the names found here.
        resource.AddEnvironmentVariableDetector();
    }
}
