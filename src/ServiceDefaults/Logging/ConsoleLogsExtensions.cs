using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ServiceDefaults.Logging;

internal static class ConsoleLogsExtensions
{
    /// <summary>
    /// Console logs for who reads them: text for a developer at a terminal, JSON for everything else.
    /// <c>Logging:Console:FormatterName</c> chooses another.
    /// </summary>
    public static void ConfigureConsoleLogs(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddConsole().AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        if (builder.Environment.IsDevelopment() && !Console.IsOutputRedirected)
        {
            return;
        }

        builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName ??= JsonLineFormatter.FormatterName);

        // The line has trace_id and span_id; the host's default would repeat them as a scope.
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);
    }
}
