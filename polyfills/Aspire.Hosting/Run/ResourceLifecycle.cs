using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Run.Health;
using Aspire.Hosting.Run.Notifications;
using Aspire.Hosting.Run.Proxy;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>What all instances have in common: the events around a start and a stop, in the official order, and the state of children.</summary>
internal sealed class ResourceLifecycle(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>How long an instance may take to end by itself when it is stopped.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public DistributedApplicationExecutionContext ExecutionContext => executionContext;

    public ResourceLoggerService Loggers => loggers;

    public TimeProvider Time => time;

    public ReplicaProxies Proxies { get; } = new();

    /// <summary>The application stops: nothing starts any more.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Ends every start that is under way.</summary>
    public Task CancelStartsAsync() => _stopping.CancelAsync();

    /// <summary>A report without a result for each health check of a resource: it is not healthy before each has said so.</summary>
    public static ImmutableArray<HealthReportSnapshot> InitialHealthReports(IResource resource) =>
    [
        .. ResourceHealth.ChecksOf(resource).Select(check => new HealthReportSnapshot(check, Status: null, Description: null, ExceptionText: null)),
    ];

    /// <summary>Says that the resource is about to start, and waits for what it needs.</summary>
    /// <param name="instance">What starts.</param>
    /// <param name="logger">Gets what is waited for.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <param name="waiting">Ends the wait alone: start now.</param>
    public async Task BeforeStartAsync(ResourceInstance instance, ILogger logger, CancellationToken cancellationToken, CancellationToken waiting)
    {
        await PublishConnectionStringAsync(instance.Resource, cancellationToken).ConfigureAwait(false);
        await eventing.PublishAsync(new BeforeResourceStartedEvent(instance.Resource, services), cancellationToken).ConfigureAwait(false);
        try
        {
            await new DependencyWait(notifications, instance.Resource, [instance.Name], logger).WaitAsync(waiting).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.LogInformation("Started without waiting any longer.");
        }
    }

    /// <summary>Says that the resource, and whatever belongs to it, has stopped.</summary>
    public async Task AfterStopAsync(ResourceInstance instance)
    {
        if (!notifications.TryGetCurrentState(instance.Name, out var current))
        {
            return;
        }
        foreach (var resource in Dependents(instance.Resource).Prepend(instance.Resource))
        {
            try
            {
                await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, current)).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // A subscriber's failure must not keep the resource from being stopped or started again.
                loggers.GetLogger(resource).LogError("A subscriber of ResourceStoppedEvent failed: {Problem}", exception.Message);
            }
        }
    }

    /// <summary>Changes the state of an instance, and of what has no life of its own beside it.</summary>
    public async Task PublishAsync(IResource resource, string instanceName, Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        await notifications.PublishUpdateAsync(resource, instanceName, change).ConfigureAwait(false);
        if (!notifications.TryGetCurrentState(instanceName, out var current))
        {
            return;
        }
        foreach (var child in Dependents(resource))
        {
            await notifications.PublishUpdateAsync(child, snapshot => snapshot with
            {
                State = current.Snapshot.State,
                StartTimeStamp = current.Snapshot.StartTimeStamp,
                StopTimeStamp = current.Snapshot.StopTimeStamp,
                ReadyEvent = current.Snapshot.State?.Text == KnownResourceStates.Running ? snapshot.ReadyEvent : null,
            }).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Proxies.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task PublishConnectionStringAsync(IResource resource, CancellationToken cancellationToken)
    {
        foreach (var available in Dependents(resource).Prepend(resource).OfType<IResourceWithConnectionString>())
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(available, services), cancellationToken).ConfigureAwait(false);
        }
    }

    // A database on a server that this starts: it is there when the server is.
    private IEnumerable<IResource> Dependents(IResource resource) => model.Resources
        .Where(child => child is IResourceWithParent { Parent: var parent } && parent == resource && !HasOwnLife(child))
        .SelectMany(child => Dependents(child).Prepend(child));

    private static bool HasOwnLife(IResource resource) =>
        resource.IsContainer()
        || resource is ProjectResource or ExecutableResource or ParameterResource or ConnectionStringResource or ExternalServiceResource;
}
