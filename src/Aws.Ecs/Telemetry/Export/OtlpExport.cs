using System.Diagnostics.Metrics;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Aws.Ecs.Tasks;
using Aws.Ecs.Telemetry.Sampling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Metric = OpenTelemetry.Metrics.Metric;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// Exports each signal that has an address. The SDK's own <c>UseOtlpExporter</c> would do as much, but lets nobody between: neither what
/// keeps failures, nor what signs and counts.
/// </summary>
internal static class OtlpExport
{
    // The meter of what the SDK's queues take and drop: https://github.com/open-telemetry/opentelemetry-dotnet/tree/main/src/OpenTelemetry
    private const string SdkMeterName = "otel.sdk.experimental";

    private const string TemporalityVariable = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";

    public static void AddOtlpExport(this IHostApplicationBuilder builder, EcsDetection ecs)
    {
        var (services, configuration) = (builder.Services, (IConfiguration)builder.Configuration);
        services.AddHostedService<OtlpAddressReport>();
        if (OtlpSettings.Of(OtlpSignal.Traces, configuration) is { } traces)
        {
            services.ConfigureOpenTelemetryTracerProvider(tracing =>
            {
                if (TraceSampling.Of(configuration) is { } sampler)
                {
                    tracing.SetSampler(sampler);
                }

                tracing.AddProcessor(provider => new FailureKeepingProcessor(
                    new OtlpTraceExporter(Options(OtlpSignal.Traces, traces, provider, ecs)),
                    Batch<BatchExportActivityProcessorOptions>(provider)
                ));
            });
        }

        if (OtlpSettings.Of(OtlpSignal.Metrics, configuration) is { } measured)
        {
            services.ConfigureOpenTelemetryMeterProvider(metrics =>
                metrics
                    .AddMeter(ExportReport.MeterName, SdkMeterName)
                    .AddReader(provider => Reader(new OtlpMetricExporter(Options(OtlpSignal.Metrics, measured, provider, ecs)), provider))
            );
        }

        if (OtlpSettings.Of(OtlpSignal.Logs, configuration) is { } logs)
        {
            services.ConfigureOpenTelemetryLoggerProvider(logging =>
                logging.AddProcessor(provider =>
                {
                    var batch = Batch<BatchExportLogRecordProcessorOptions>(provider);
                    return new BatchLogRecordExportProcessor(
                        new OtlpLogExporter(Options(OtlpSignal.Logs, logs, provider, ecs)),
                        batch.MaxQueueSize,
                        batch.ScheduledDelayMilliseconds,
                        batch.ExporterTimeoutMilliseconds,
                        batch.MaxExportBatchSize
                    );
                })
            );
        }
    }

    private static OtlpExporterOptions Options(OtlpSignal signal, OtlpSettings settings, IServiceProvider provider, EcsDetection ecs) =>
        new()
        {
            Endpoint = settings.Endpoint,
            Protocol = settings.Protocol,
            Headers = settings.Headers,
            TimeoutMilliseconds = (int)settings.Timeout.TotalMilliseconds,
            // Over HTTP the handler compresses: it must see the body before.
            Compression =
                settings.IsCompressed && settings.Protocol != OtlpExportProtocol.HttpProtobuf
                    ? OtlpExportCompression.GZip
                    : OtlpExportCompression.None,
            HttpClientFactory = () => new HttpClient(Handler(signal, settings, provider, ecs)) { Timeout = settings.Timeout },
        };

    private static ExportHandler Handler(OtlpSignal signal, OtlpSettings settings, IServiceProvider provider, EcsDetection ecs)
    {
        // The logger is asked for when there is something to say: this is a part of what makes it.
        var report = new ExportReport(
            signal,
            settings.Endpoint,
            provider.GetRequiredService<IMeterFactory>(),
            () => provider.GetRequiredService<ILoggerFactory>().CreateLogger<ExportReport>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System
        );
        var transport = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return AwsSigning.Of(signal, settings, provider.GetRequiredService<IConfiguration>()) is { } signing
            ? new AwsExportHandler(
                signal,
                settings,
                report,
                signing,
                () => provider.GetService<AWSCredentials>() ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(),
                ecs,
                provider.GetRequiredService<IHostEnvironment>().ApplicationName,
                transport
            )
            : new ExportHandler(signal, settings, report, transport);
    }

    private static T Batch<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptionsMonitor<T>>().CurrentValue;

    private static PeriodicExportingMetricReader Reader(BaseExporter<Metric> exporter, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<MetricReaderOptions>>().CurrentValue;
        var periodic = options.PeriodicExportingMetricReaderOptions;
        return new PeriodicExportingMetricReader(
            exporter,
            periodic.ExportIntervalMilliseconds ?? 60_000,
            periodic.ExportTimeoutMilliseconds ?? 30_000
        )
        {
            TemporalityPreference = provider.GetRequiredService<IConfiguration>()[TemporalityVariable]?.Trim().ToLowerInvariant() switch
            {
                "delta" => MetricReaderTemporalityPreference.Delta,
                "lowmemory" => MetricReaderTemporalityPreference.LowMemory,
                _ => options.TemporalityPreference,
            },
        };
    }
}
