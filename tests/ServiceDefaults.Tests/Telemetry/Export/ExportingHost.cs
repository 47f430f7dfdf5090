using System.Diagnostics;
using System.Diagnostics.Metrics;
using Amazon.Runtime;
using Aws.Ecs.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Tests.Telemetry.Export;

/// <summary>
/// The tests whose spans are counted. Others in the process would be heard and counted too, so these run when no others do.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountedExports
{
    public const string Name = "counted exports";
}

/// <summary>An application in this process that exports to where it is told, and has something of each signal to export.</summary>
internal sealed class ExportingHost : IAsyncDisposable
{
    public const string Region = "eu-west-1";

    private readonly IHost _host;
    private readonly ActivitySource _spans;
    private readonly Counter<long> _metric;

    private ExportingHost(string endpoint, AWSCredentials? credentials, (string Name, string? Value)[] settings)
    {
        // A name of its own: a host hears the sources of all hosts in the process that have its name.
        var name = $"Exporting{Guid.NewGuid():N}";
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = name });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
                ["Telemetry:Aws:SigningRegion"] = credentials is null ? null : Region,
            }
        );
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        builder.AddServiceDefaults();
        // Those of the receiver, which is in this process too.
        builder.Services.LeaveOutOfTraces(_ => true);
        builder.Logging.AddProvider(Lines);
        if (credentials is not null)
        {
            builder.Services.AddSingleton(credentials);
        }

        _host = builder.Build();
        _spans = new ActivitySource(name);
        _metric = _host.Services.GetRequiredService<IMeterFactory>().Create(name).CreateCounter<long>("a.metric");
    }

    /// <summary>What it logged.</summary>
    public LogLines Lines { get; } = new();

    public static async Task<ExportingHost> StartAsync(
        string endpoint,
        AWSCredentials? credentials,
        params (string Name, string? Value)[] settings
    )
    {
        var host = new ExportingHost(endpoint, credentials, settings);
        await host._host.StartAsync();
        return host;
    }

    public void Work(int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            using var span = _spans.StartActivity("a span");
            _metric.Add(1);
        }

        _host.Services.GetRequiredService<ILogger<ExportingHost>>().LogInformation("a log record");
    }

    /// <summary>Exports what is left.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _spans.Dispose();
    }
}
