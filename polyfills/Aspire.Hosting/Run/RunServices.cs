using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run.Console;
using Aspire.Hosting.Run.Dashboard;
using Aspire.Hosting.Run.Health;
using Aspire.Hosting.Run.Logs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aspire.Hosting.Run;

/// <summary>The services of run mode.</summary>
internal static class RunServices
{
    // Long enough for any resource's grace, layer after layer; each has its own limit.
    private static readonly TimeSpan s_shutdownTimeout = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddLocalOrchestrator(
        this IServiceCollection services, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        services.AddSingleton<LocalOrchestrator>();
        services.AddSingleton<SecondSignal>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = s_shutdownTimeout);
        builder.Eventing.Subscribe<BeforeStartEvent>(LocalOrchestrator.PrepareAsync);

        // Hosted services start in this order and stop in the other: those that watch come first.
        services.AddHostedService<StartedMessage>();
        services.AddHostedService<ResourceReporter>();
        services.AddHostedService<ResourceHealthMonitor>();
        if (options.EnableResourceLogging)
        {
            services.AddHostedService<ResourceLogForwarder>();
        }
        if (!options.DisableDashboard)
        {
            services.AddSingleton<DashboardModel>();
            services.AddHostedService<DashboardHost>();
        }
        services.AddHostedService<OrchestratorService>();

        if (string.IsNullOrEmpty(builder.Configuration["Logging:Console:FormatterName"]))
        {
            services.AddLogging(logging => logging
                .AddConsoleFormatter<AppHostConsoleFormatter, ConsoleFormatterOptions>()
                .AddConsole(console => console.FormatterName = AppHostConsoleFormatter.FormatterName));
        }
        return services;
    }

    /// <summary>What the model's callbacks may ask for in publish mode too.</summary>
    public static IServiceCollection AddResourceServices(this IServiceCollection services, DistributedApplicationOptions options)
    {
        services.TryAddSingleton<ResourceNotificationService>();
        services.TryAddSingleton(provider => new ResourceLoggerService { Time = provider.GetRequiredService<TimeProvider>() });
        services.TryAddSingleton(provider => new ResourceCommandService(
            provider.GetRequiredService<ResourceNotificationService>(), provider.GetRequiredService<ResourceLoggerService>(), provider));
        // A person at the dashboard can start again what failed; a test can only wait in vain.
        services.Configure<ResourceNotificationServiceOptions>(notifications => notifications.DefaultWaitBehavior =
            options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        return services;
    }
}
