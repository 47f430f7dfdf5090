using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Notifications;

/// <summary>A resource's wait for what its model says it needs first.</summary>
/// <param name="notifications">Where the states of the others come from, and its own goes.</param>
/// <param name="resource">Who waits.</param>
/// <param name="instances">Which of its instances.</param>
/// <param name="logger">Gets what is waited for.</param>
internal sealed class DependencyWait(
    ResourceNotificationService notifications, IResource resource, IReadOnlyList<string> instances, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly List<string> _pending = [];

    /// <summary>What a waiting resource still waits for, by the names of the instances.</summary>
    public static IReadOnlyList<string> WaitingFor(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == SnapshotDerivation.WaitingForProperty)?.Value as string[] ?? [];

    /// <summary>Whether an instance ended or failed, so that it will not become healthy by itself.</summary>
    public static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state
        && (state == KnownResourceStates.Finished
            || state == KnownResourceStates.Exited
            || state == KnownResourceStates.FailedToStart
            || state == KnownResourceStates.RuntimeUnhealthy);

    /// <summary>Waits for everything at once, and keeps the resource's state <c>Waiting</c> as long as it takes.</summary>
    /// <exception cref="DistributedApplicationException">Something failed, or ended as it should not.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // A parameter or connection string neither starts nor stops.
        var waits = resource.Annotations.OfType<WaitAnnotation>()
            .Where(wait => wait.Resource is not IResourceWithoutLifetime)
            .ToList();
        if (waits.Count == 0)
        {
            return;
        }

        _pending.AddRange(waits.SelectMany(wait => wait.Resource.InstanceNames()).Distinct(StringComparer.OrdinalIgnoreCase));
        await PublishPendingAsync().ConfigureAwait(false);

        using var firstFailure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = waits.SelectMany(wait => wait.Resource.InstanceNames().Select(name => WaitForAsync(wait, name, firstFailure.Token))).ToList();
        while (all.Count > 0)
        {
            var done = await Task.WhenAny(all).ConfigureAwait(false);
            all.Remove(done);
            if (!done.IsCompletedSuccessfully)
            {
                // Whatever the others would find, this resource does not start.
                await firstFailure.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await done.ConfigureAwait(false);
        }
    }

    private async Task WaitForAsync(WaitAnnotation wait, string name, CancellationToken cancellationToken)
    {
        logger.LogInformation("Waiting for resource '{Dependency}' {Condition}.", name, wait.WaitType switch
        {
            WaitType.WaitUntilHealthy => "to become healthy",
            WaitType.WaitForCompletion => "to complete",
            _ => "to start",
        });

        if (wait.WaitType == WaitType.WaitForCompletion)
        {
            await WaitForCompletionAsync(wait, name, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WaitForRunningAsync(wait, name, cancellationToken).ConfigureAwait(false);
        }

        logger.LogInformation("Finished waiting for resource '{Dependency}'.", name);
        lock (_gate)
        {
            _pending.Remove(name);
        }
        await PublishPendingAsync().ConfigureAwait(false);
    }

    private async Task WaitForRunningAsync(WaitAnnotation wait, string name, CancellationToken cancellationToken)
    {
        var behavior = wait.WaitBehavior ?? notifications.DefaultWaitBehavior;
        var untilHealthy = wait.WaitType == WaitType.WaitUntilHealthy;
        var failure = $"Resource '{name}' failed to become {(untilHealthy ? "healthy" : "running")} before the operation was cancelled.";

        var reached = await notifications.WaitAsync(
            wait.Resource.Name,
            change => change.ResourceId == name
                && ((behavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change.Snapshot))
                    || (untilHealthy
                        ? change.Snapshot.HealthStatus == HealthStatus.Healthy
                        : change.Snapshot.State?.Text == KnownResourceStates.Running)),
            failure,
            cancellationToken).ConfigureAwait(false);

        if (IsUnavailable(reached.Snapshot))
        {
            throw Failed(name, reached.Snapshot.State!.Text == KnownResourceStates.FailedToStart
                ? "it failed to start"
                : $"it entered the '{reached.Snapshot.State.Text}' state prematurely{ExitCodeOf(reached.Snapshot)}");
        }
        if (untilHealthy)
        {
            await notifications.WaitForReadyAsync(reached, failure, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitForCompletionAsync(WaitAnnotation wait, string name, CancellationToken cancellationToken)
    {
        var reached = await notifications.WaitAsync(
            wait.Resource.Name,
            change => change.ResourceId == name
                && (KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text) || change.Snapshot.ExitCode is not null),
            $"Resource '{name}' failed to reach a terminal state before the operation was cancelled.",
            cancellationToken).ConfigureAwait(false);

        if (reached.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
        {
            throw Failed(name, "it failed to start");
        }
        if (reached.Snapshot.ExitCode is { } exitCode && exitCode != wait.ExitCode)
        {
            throw Failed(name, $"it entered the '{reached.Snapshot.State?.Text}' state with exit code '{exitCode}', expected '{wait.ExitCode}'");
        }
    }

    private static string ExitCodeOf(CustomResourceSnapshot snapshot) =>
        snapshot.ExitCode is { } exitCode ? $" with exit code '{exitCode}'" : "";

    private DistributedApplicationException Failed(string name, string reason) =>
        new($"Resource '{resource.Name}' stopped waiting for dependency resource '{name}' because {reason}.");

    private Task PublishPendingAsync()
    {
        string[] pending;
        lock (_gate)
        {
            pending = [.. _pending];
        }
        return Task.WhenAll(instances.Select(instance => notifications.PublishUpdateAsync(resource, instance, snapshot =>
            // Somebody may have asked in the meantime for a start without waiting, or a stop: that state is not to be overwritten.
            CanWait(snapshot.State?.Text) ? snapshot with { State = KnownResourceStates.Waiting, Properties = With(snapshot.Properties, pending) } : snapshot)));
    }

    private static ImmutableArray<ResourcePropertySnapshot> With(ImmutableArray<ResourcePropertySnapshot> properties, string[] pending)
    {
        var others = properties.RemoveAll(property => property.Name == SnapshotDerivation.WaitingForProperty);
        return pending.Length == 0 ? others : others.Add(new ResourcePropertySnapshot(SnapshotDerivation.WaitingForProperty, pending));
    }

    private static bool CanWait(string? state) =>
        state is null
        || state == KnownResourceStates.NotStarted
        || state == KnownResourceStates.Starting
        || state == KnownResourceStates.Waiting;
}
