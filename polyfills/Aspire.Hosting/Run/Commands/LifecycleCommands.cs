using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Run.Commands;

/// <summary>Start, stop and restart, which every resource that the orchestrator runs offers.</summary>
internal static class LifecycleCommands
{
    public static void Add(IResource resource)
    {
        resource.Annotations.Add(Command(
            KnownResourceCommands.StartCommand, "Start", "Start this resource.", "Play", IconVariant.Filled, isHighlighted: true,
            static state => IsStopped(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Enabled
                : IsStarting(state) ? ResourceCommandState.Disabled
                : ResourceCommandState.Hidden,
            static (instance, cancellation) => instance.StartNowAsync(cancellation)));

        resource.Annotations.Add(Command(
            KnownResourceCommands.StopCommand, "Stop", "Stop this resource.", "Stop", IconVariant.Filled, isHighlighted: true,
            static state => state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled
                : IsStopped(state) || IsStarting(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Hidden
                : ResourceCommandState.Enabled,
            static (instance, _) => instance.StopAsync(CancellationToken.None)));

        resource.Annotations.Add(Command(
            KnownResourceCommands.RestartCommand, "Restart", "Stop this resource and start it again.", "ArrowCounterclockwise",
            IconVariant.Regular, isHighlighted: false,
            static state => state == KnownResourceStates.Running || state == KnownResourceStates.RuntimeUnhealthy
                ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
            static async (instance, cancellation) =>
            {
                await instance.StopAsync(CancellationToken.None).ConfigureAwait(false);
                await instance.StartNowAsync(cancellation).ConfigureAwait(false);
            }));
    }

    private static bool IsStopped(string? state) =>
        KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted;

    private static bool IsStarting(string? state) => string.IsNullOrEmpty(state) || state == KnownResourceStates.Starting;

    private static ResourceCommandAnnotation Command(
        string name,
        string displayName,
        string description,
        string iconName,
        IconVariant iconVariant,
        bool isHighlighted,
        Func<string?, ResourceCommandState> stateOf,
        Func<ResourceInstance, CancellationToken, Task> execute) =>
        new(name,
            displayName,
            context => stateOf(context.ResourceSnapshot.State?.Text),
            async context =>
            {
                var instance = context.Services.GetRequiredService<LocalOrchestrator>().Find(context.ResourceName);
                if (instance is null)
                {
                    return CommandResults.Failure($"Resource '{context.ResourceName}' is not one that can be started or stopped.");
                }
                await execute(instance, context.CancellationToken).ConfigureAwait(false);
                return CommandResults.Success();
            },
            description,
            parameter: null,
            confirmationMessage: null,
            iconName,
            iconVariant,
            isHighlighted);
}
