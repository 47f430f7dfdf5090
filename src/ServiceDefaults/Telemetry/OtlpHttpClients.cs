using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// The HTTP clients that the OTLP exporter takes from the factory. They must not retry (an export that fails is dropped, and the
/// next one follows in seconds) and must not log (each export would write the lines that the next one sends).
/// </summary>
internal static class OtlpHttpClients
{
    private static readonly string[] Names = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    public static void Configure(IServiceCollection services)
    {
        foreach (var name in Names)
        {
#pragma warning disable EXTEXP0001 // The only way to take a handler of the defaults from one client.
            services.AddHttpClient(name).RemoveAllResilienceHandlers().RemoveAllLoggers();
#pragma warning restore EXTEXP0001
        }
    }
}
