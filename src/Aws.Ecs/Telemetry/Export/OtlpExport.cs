using System.Diagnostics;
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
internal static partial class OtlpExport
{
    // The meter of what the SDK's queues take and drop: https://github.com/open-telemetry/opentelemetry-dotnet/tree/main/src/OpenTelemetry
    private const string SdkMeterName = "otel.sdk.experimental";

    private const string TemporalityVariable = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";

    public static void AddOtlpExport(this IHostApplicationBuilder builder, EcsDetection ecs)
    {
        var (services, configuration) = (builder.Services, (IConfiguration)builder.Configuration);
        if (OtlpSettings.Configured(OtlpSignal.Traces, configuration) is not null)
        {
            services.ConfigureOpenTelemetryTracerProvider(tracing =>
            {
                if (TraceSampling.Of(configuration) is { } sampler)
                {
                    tracing.SetSampler(sampler);
                }

                tracing.AddProcessor(provider => new FailureKeepingProcessor(
                    new DeferredExporter<Activity>(() =>
                        Options(OtlpSignal.Traces, provider, ecs) is { } options ? new OtlpTraceExporter(options) : null
                    ),
                    Batch<BatchExportActivityProcessorOptions>(provider)
                ));
            });
        }

        if (OtlpSettings.Configured(OtlpSignal.Metrics, configuration) is not null)
        {
            services.ConfigureOpenTelemetryMeterProvider(metrics =>
                metrics
                    .AddMeter(ExportReport.MeterName, SdkMeterName)
                    .AddReader(provider =>
                        Reader(
                            new DeferredExporter<Metric>(() =>
                                Options(OtlpSignal.Metrics, provider, ecs) is { } options ? new OtlpMetricExporter(options) : null
                            ),
                            provider
                        )
                    )
            );
        }

        if (OtlpSettings.Configured(OtlpSignal.Logs, configuration) is not null)
        {
            services.ConfigureOpenTelemetryLoggerProvider(logging =>
                logging.AddProcessor(provider =>
                {
                    var batch = Batch<BatchExportLogRecordProcessorOptions>(provider);
                    return new BatchLogRecordExportProcessor(
                        new DeferredExporter<LogRecord>(() =>
                            Options(OtlpSignal.Logs, provider, ecs) is { } options ? new OtlpLogExporter(options) : null
                        ),
                        batch.MaxQueueSize,
                        batch.ScheduledDelayMilliseconds,
                        batch.ExporterTimeoutMilliseconds,
                        batch.MaxExportBatchSize
                    );
                })
            );
        }
    }

    // Null, and said in the log, where what is configured is no address.
    private static OtlpExporterOptions? Options(OtlpSignal signal, IServiceProvider provider, EcsDetection ecs)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        if (OtlpSettings.Of(signal, configuration) is not { } settings)
        {
            var (variable, value) = OtlpSettings.Configured(signal, configuration).GetValueOrDefault();
            LogNoAddress(provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OtlpExport)), signal.Name, variable, value);
            return null;
        }

        return new OtlpExporterOptions
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
    }

    private static ExportHandler Handler(OtlpSignal signal, OtlpSettings settings, IServiceProvider provider, EcsDetection ecs)
    {
        // The logger is asked for when there is something to say: this is a part of what makes it.
        var report = new ExportReport(signal, settings.Endpoint, provider.GetRequiredService<IMeterFactory>(), () =>
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<ExportReport>()
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

    [LoggerMessage(
        LogLevel.Warning,
        "The {Signal} are not exported: {Variable} is '{Value}', which is no address of a receiver. Write http://HOST:PORT or https://HOST:PORT."
    )]
    private static partial void LogNoAddress(ILogger logger, string signal, string variable, string value);
}
