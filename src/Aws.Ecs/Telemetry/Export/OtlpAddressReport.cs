using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// Says which signals have no export, since what is configured is no address. What makes exporters cannot say it: it is a part of what
/// makes the loggers.
/// </summary>
internal sealed partial class OtlpAddressReport(IConfiguration configuration, ILogger<OtlpAddressReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in OtlpSignal.All)
        {
            if (OtlpSettings.Configured(signal, configuration) is var (variable, value) && OtlpSettings.Of(signal, configuration) is null)
            {
                LogNoAddress(signal.Name, variable, value);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        LogLevel.Warning,
        "The {Signal} are not exported: {Variable} is '{Value}', which is no address of a receiver. Write http://HOST:PORT or https://HOST:PORT."
    )]
    private partial void LogNoAddress(string signal, string variable, string value);
}
