using Aws.Ecs.Messaging;
using Aws.Ecs.Tasks;
using Aws.Ecs.Telemetry;
using Aws.Ecs.Telemetry.Export;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AWS;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What OpenTelemetry of a service on AWS has beside that of any service.</summary>
public static class AwsTelemetryExtensions
{
    /// <summary>
    /// Adds calls of the AWS SDK and messages of SQS to traces and metrics, the attributes of the task to what describes the service, and
    /// export by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or one signal's own) is set. Export is asynchronous from bounded queues: a
    /// receiver that fails or hangs costs records, which are counted and said in the log, never a request, and at most 5 s at the end. Call
    /// it after what describes the service, and before anything that creates an AWS client, since clients are instrumented as they are
    /// created.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Of what others measure, the parts whose count and outcome a duration tells already are left out: the steps and bytes of AWS calls,
    /// states of connections, authentication, memory pools. <c>metrics.AddView(name, new MetricStreamConfiguration())</c> has one of them
    /// again. Calls of AWS are measured as such and not as HTTP too; <c>metrics.AddMeter("Aws.Ecs.AwsHttp")</c> adds that.
    /// </para>
    /// <para>On Amazon ECS the resource has the attributes of the task; the task metadata endpoint holds up the start by less than a
    /// second.</para>
    /// <para>
    /// An endpoint of CloudWatch (<c>https://xray.REGION.amazonaws.com/v1/traces</c>,
    /// <c>https://monitoring.REGION.amazonaws.com/v1/metrics</c>, <c>https://logs.REGION.amazonaws.com/v1/logs</c>) gets HTTP within its
    /// limits, signed with the process's credentials, or those of an <see cref="Amazon.Runtime.AWSCredentials"/> among the services.
    /// <c>Telemetry:Aws:SigningRegion</c> has requests to other addresses signed too. Where <c>OTEL_EXPORTER_OTLP_LOGS_HEADERS</c> names no
    /// <c>x-aws-log-group</c> or <c>x-aws-log-stream</c>, logs go to those of the container's awslogs driver, and without such a stream to
    /// one named after the application. It must exist.
    /// </para>
    /// <para>
    /// <c>OTEL_TRACES_SAMPLER</c> decides at the head of a trace. With a ratio, what a process does for a request or a message is
    /// exported besides if anything in it fails.
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder of a web application or of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder AddAwsTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var ecs = new EcsDetection(builder.Configuration[EcsDetection.EndpointVariable]);
        if (ecs.IsOnEcs)
        {
            builder.Services.AddHostedService(provider => new EcsDetectionReport(
                ecs,
                provider.GetRequiredService<ILogger<EcsDetectionReport>>()
            ));
        }

        AwsHttpClientFactory.Register();
        SqsPipelineCustomizer.Register();
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, ecs))
            .WithTracing(tracing =>
                tracing
                    .AddSource(SqsTelemetry.ActivitySourceName)
                    .AddAWSInstrumentation(options =>
                    {
                        // One span a call, named as the dashboards and CloudWatch know it.
                        options.SuppressDownstreamInstrumentation = true;
                        options.SemanticConventionVersion = SemanticConventionVersion.V1_40_0;
                    })
                    .AddProcessor(new AwsCallFailureProcessor())
            )
            .WithMetrics(metrics => metrics.AddView(MetricLimits.Of).AddAWSInstrumentation());

        builder.AddOtlpExport(ecs);
        TelemetryLifetime.Add(builder.Services);
        return builder;
    }

    private static void Describe(ResourceBuilder resource, EcsDetection ecs)
    {
        if (ecs.IsOnEcs)
        {
            resource.AddDetector(ecs);
        }

        // Once more and last: what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say goes before the names found here.
        resource.AddEnvironmentVariableDetector();
    }
}
