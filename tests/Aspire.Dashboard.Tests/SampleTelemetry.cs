using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aspire.Dashboard.Tests;

/// <summary>A service that sends telemetry as real ones do: with the official exporter.</summary>
internal sealed class SampleService : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private readonly ILoggerFactory _logs;
    private readonly Meter _meter;

    public SampleService(string name, string instance, DashboardServer dashboard, OtlpExportProtocol protocol, string? apiKey, OtlpExportCompression compression = OtlpExportCompression.None)
    {
        var source = $"{name}.{Guid.NewGuid():N}";
        var resource = ResourceBuilder.CreateEmpty().AddService(name, serviceInstanceId: instance, serviceVersion: "1.2.3");
        Source = new ActivitySource(source);
        _meter = new Meter(source);
        Duration = _meter.CreateHistogram<double>("job.duration", "s", "How long a job takes.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.3, 0.4, 0.5] });
        Jobs = _meter.CreateCounter<long>("jobs", "{job}", "Jobs that were taken.");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(source).AddOtlpExporter(o => Configure(o, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(source).AddOtlpExporter(o => Configure(o, "v1/metrics")).Build();
        _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(resource);
            options.AddOtlpExporter(o => Configure(o, "v1/logs"));
        }));

        void Configure(OtlpExporterOptions options, string path)
        {
            options.Protocol = protocol;
            options.Compression = compression;
            options.Endpoint = protocol == OtlpExportProtocol.Grpc ? dashboard.OtlpGrpcUrl : new Uri(dashboard.OtlpHttpUrl, path);
            options.Headers = apiKey is null ? null : $"x-otlp-api-key={apiKey}";
        }
    }

    public ActivitySource Source { get; }

    public Histogram<double> Duration { get; }

    public Counter<long> Jobs { get; }

    public ILogger Logger(string category) => _logs.CreateLogger(category);

    public void FlushMetrics() => _metrics.ForceFlush(10_000);

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _traces.ForceFlush(10_000);
        _metrics.ForceFlush(10_000);
        _logs.Dispose();
        _traces.Dispose();
        _metrics.Dispose();
        _meter.Dispose();
        Source.Dispose();
    }
}

/// <summary>The traces, logs and metrics of an application that profiles CSV files.</summary>
internal static class SampleTelemetry
{
    public static void Send(DashboardServer dashboard, int jobs = 12)
    {
        using var api = new SampleService("api", "api-instance", dashboard, OtlpExportProtocol.Grpc, null);
        using var worker = new SampleService("worker", "worker-1-instance", dashboard, OtlpExportProtocol.HttpProtobuf, null);
        for (var i = 0; i < jobs; i++)
        {
            SendJob(api, worker, DateTimeOffset.UtcNow.AddSeconds(-20 * (jobs - i)), failed: i % 5 == 3, i);
            worker.FlushMetrics();
        }
    }

    private static void SendJob(SampleService api, SampleService worker, DateTimeOffset start, bool failed, int i)
    {
        var post = api.Source.StartActivity("POST /profiles", ActivityKind.Server, default(ActivityContext), startTime: start)!;
        post.SetTag("http.request.method", "POST").SetTag("http.route", "/profiles").SetTag("http.response.status_code", 202);
        Child(api, post, "S3.PutObject", ActivityKind.Client, start.AddMilliseconds(6), 48 + i * 3).Dispose();
        api.Logger("Profiles.Api").LogInformation("Accepted {FileName} with {Bytes} bytes", $"orders-{i}.csv", 48_000 + i);
        var send = Child(api, post, "send jobs", ActivityKind.Producer, start.AddMilliseconds(60 + i * 3), 9);
        send.Dispose();
        post.SetEndTime(start.AddMilliseconds(78 + i * 3).UtcDateTime);
        post.Dispose();

        var process = worker.Source.StartActivity("process jobs", ActivityKind.Consumer, post.Context, startTime: start.AddMilliseconds(96), links: [new ActivityLink(send.Context)])!;
        process.SetTag("messaging.system", "aws_sqs").SetTag("messaging.destination.name", "jobs");
        Child(worker, process, "S3.GetObject", ActivityKind.Client, start.AddMilliseconds(101), 34).Dispose();
        var profile = Child(worker, process, "profile columns", ActivityKind.Internal, start.AddMilliseconds(138), 150 + i * 11);
        if (failed)
        {
            profile.SetStatus(ActivityStatusCode.Error, "Row 41 has 3 fields, the header 12");
            profile.AddException(new InvalidDataException("Row 41 has 3 fields, the header 12"));
            worker.Logger("Profiles.Worker").LogError(new InvalidDataException("Row 41 has 3 fields, the header 12"), "Job {Job} failed after {Attempts} attempts", i, 3);
        }
        else
        {
            worker.Logger("Profiles.Worker").LogInformation("Job {Job} done: {Rows} rows, {Columns} columns", i, 12_000 + i, 12);
        }

        profile.Dispose();
        Child(worker, process, "S3.PutObject", ActivityKind.Client, start.AddMilliseconds(292 + i * 11), 21).Dispose();
        process.SetEndTime(start.AddMilliseconds(322 + i * 11).UtcDateTime);
        process.Dispose();
        worker.Jobs.Add(1, new KeyValuePair<string, object?>("outcome", failed ? "failed" : "done"));
        worker.Duration.Record(0.15 + i * 0.02);
    }

    /// <summary>It is the current activity until it is disposed, so logs written meanwhile belong to it.</summary>
    private static Activity Child(SampleService service, Activity parent, string name, ActivityKind kind, DateTimeOffset start, int milliseconds)
    {
        var child = service.Source.StartActivity(name, kind, parent.Context, startTime: start)!;
        child.SetEndTime(start.AddMilliseconds(milliseconds).UtcDateTime);
        return child;
    }
}
