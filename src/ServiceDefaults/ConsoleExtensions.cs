using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ServiceDefaults;

/// <summary>
/// Console logs for who reads them: text for a developer, lines of JSON for CloudWatch, which searches them by their fields.
/// </summary>
internal static class ConsoleExtensions
{
    /// <summary>
    /// Has the console write .NET's own JSON outside Development, with the trace of each line in its scopes.
    /// <c>Logging:Console:FormatterName</c> chooses another format.
    /// </summary>
    public static void ConfigureConsole(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddConsole();
        if (builder.Environment.IsDevelopment())
        {
            return;
        }

        builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName ??= ConsoleFormatterNames.Json);
        builder.Services.Configure<JsonConsoleFormatterOptions>(options =>
        {
            (options.IncludeScopes, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "O");
            options.JsonWriterOptions = options.JsonWriterOptions with { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
        builder.Logging.Configure(options =>
            options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId
        );
    }
}
