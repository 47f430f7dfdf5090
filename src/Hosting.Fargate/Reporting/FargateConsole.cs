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

    /// <summary>
    /// Ends a run before its first step. What is thrown there the host does not catch, and a stack trace would bury the message; told to
    /// stop, it ends quietly.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="title">What was to be done.</param>
    /// <param name="message">Why it is not, and what to write instead.</param>
    /// <exception cref="DistributedApplicationException">The Aspire CLI shows what is wrong.</exception>
    /// <exception cref="OperationCanceledException">What is wrong is said, and the process ends.</exception>
    public static async Task RefuseAsync(IServiceProvider services, string title, string message)
    {
        if (services.GetService<IPipelineActivityReporter>() is not ConsoleReporter reporter)
        {
            throw new DistributedApplicationException(message);
        }

        var step = await reporter.CreateStepAsync(title);
        await step.CompleteAsync(message, CompletionState.CompletedWithError);
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        throw new OperationCanceledException(message);
    }
}
