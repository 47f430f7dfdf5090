using Aws.Ecs.Logging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Microsoft.Extensions.Hosting;

/// <summary>Console logs as CloudWatch can search them.</summary>
public static class JsonConsoleLogsExtensions
{
    /// <summary>
    /// Console logs for who reads them: text for a developer at a terminal, JSON for everything else, with the ids of trace and span.
    /// <c>Logging:Console:FormatterName</c> chooses another.
    /// </summary>
    /// <param name="builder">The builder of a web application or of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder AddJsonConsoleLogs<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddConsole().AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        if (builder.Environment.IsDevelopment() && !Console.IsOutputRedirected)
        {
            return builder;
        }

        builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName ??= JsonLineFormatter.FormatterName);

        // The line has trace_id and span_id; the host's default would repeat them as a scope.
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);
        return builder;
    }
}
