using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults;

internal static class FrameworkLogsExtensions
{
    private const string Category = "Microsoft.AspNetCore";

    /// <summary>
    /// Has ASP.NET Core say what it warns of and no more, as the templates' settings do: what it says of each request, six lines long, is
    /// on the request's span. <c>Logging:LogLevel:Microsoft.AspNetCore</c> chooses otherwise.
    /// </summary>
    public static void QuietFramework(this IHostApplicationBuilder builder) =>
        // First, since of rules for one category the last counts: those of the configuration.
        builder.Services.PostConfigure<LoggerFilterOptions>(options =>
            options.Rules.Insert(0, new LoggerFilterRule(providerName: null, Category, LogLevel.Warning, filter: null))
        );
}
