using Aspire.Hosting.Pipelines.Execution;
using Aspire.Hosting.Pipelines.Progress;
using Aspire.Hosting.Pipelines.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES002, ASPIREPIPELINES004 // This is what provides it.

/// <summary>The services of the pipeline.</summary>
internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(
        this IServiceCollection services, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        services.Configure<PipelineOptions>(builder.Configuration.GetSection("Pipeline"));
        services.AddSingleton(builder.Pipeline);
        services.AddSingleton<BeforeStart>();
        services.AddSingleton<IPipelineOutputService, PipelineOutputService>();
        services.TryAddSingleton<IDeploymentStateManager, FileDeploymentState>();
        services.TryAddSingleton<IInteractionService, UnavailableInteractionService>();
        if (builder.ExecutionContext.IsRunMode)
        {
            services.AddSingleton<IPipelineActivityReporter, NullPublishingActivityReporter>();
            return services;
        }

        services.AddSingleton<ConsoleProgress>();
        services.AddSingleton<IPipelineActivityReporter>(provider => provider.GetRequiredService<ConsoleProgress>());
        services.AddHostedService<PipelineExecutor>();
        services.AddLogging(logging =>
        {
            // The console shows steps and what they log, each failure once and without a stack trace.
            logging.ClearProviders();
            logging.Services.AddSingleton<ILoggerProvider, PipelineLoggerProvider>();
            logging.AddFilter<PipelineLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
            logging.AddFilter<PipelineLoggerProvider>("System.Net.Http.HttpClient", LogLevel.Warning);
            logging.AddFilter<PipelineLoggerProvider>(null, MinimumLevel(builder.Configuration["Pipeline:LogLevel"]));
        });
        return services;
    }

    public static IDistributedApplicationPipeline CreatePipeline() => new DistributedApplicationPipeline();

    private static LogLevel MinimumLevel(string? level) => level?.ToLowerInvariant() switch
    {
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "crit" => LogLevel.Critical,
        _ => Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed) ? parsed : LogLevel.Information,
    };
}
