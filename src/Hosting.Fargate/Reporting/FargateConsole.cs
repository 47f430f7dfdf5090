using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Hosting.Fargate.Reporting;

#pragma warning disable ASPIREPIPELINES001 // Steps are reported as the pipeline does.

/// <summary>What a person sees of a verb without the Aspire CLI.</summary>
internal static class FargateConsole
{
    /// <summary>Whether the Aspire CLI shows what happens and asks what there is to ask.</summary>
    public static bool HasCli => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ASPIRE_BACKCHANNEL_PATH"));

    /// <summary>Has the steps shown by this library, once for all environments of a model, unless the CLI shows them.</summary>
    public static void AddTo(IDistributedApplicationBuilder builder)
    {
        if (HasCli || builder.Services.Any(service => service.ServiceType == typeof(LiveConsole)))
        {
            return;
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => LiveConsole.OfProcess());
        builder.Services.AddSingleton<IPipelineActivityReporter>(services => new ConsoleReporter(
            services.GetRequiredService<LiveConsole>(),
            services.GetRequiredService<IHostApplicationLifetime>(),
            services.GetRequiredService<TimeProvider>(),
            code => Environment.ExitCode = code
        ));

        // What a step logs is shown with the step, and what failed is said there. Faults elsewhere are still told.
        builder.Services.Configure<LoggerFilterOptions>(options =>
        {
            foreach (
                var category in new[]
                {
                    "Aspire.Hosting.Publishing.PipelineExecutor",
                    "Aspire.Hosting.DistributedApplication",
                    "Microsoft.Extensions.Hosting.Internal.Host",
                }
            )
            {
                options.AddFilter<ConsoleLoggerProvider>(category, LogLevel.None);
            }

            options.AddFilter<ConsoleLoggerProvider>(category: null, LogLevel.Error);
        });
    }
}
