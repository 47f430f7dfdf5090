using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Run;
using Aspire.Hosting.Run.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Holds the state of each resource, and tells whoever wants to know when it changes.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];
    private readonly CancellationTokenSource _disposing = new();
    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider _services;
    private readonly ResourceLoggerService _loggerService;

    /// <summary>Makes a service without the application's services.</summary>
    [Obsolete("Use the constructor that takes an IServiceProvider and a ResourceLoggerService.")]
    public ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime)
        : this(logger, hostApplicationLifetime, new ServiceCollection().BuildServiceProvider(), new ResourceLoggerService())
    {
    }

    /// <summary>Makes a service.</summary>
    /// <param name="logger">Gets changes of state, for debugging.</param>
    /// <param name="hostApplicationLifetime">Not used; the service ends when it is disposed.</param>
    /// <param name="serviceProvider">Where the model, and whatever decides on a command's state, are found.</param>
    /// <param name="resourceLoggerService">Gets what a resource waits for.</param>
    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger,
        IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService)
    {
        _logger = logger ?? throw new ArgumentNullException(nameof(logger));
        _services = serviceProvider;
        _loggerService = resourceLoggerService ?? throw new ArgumentNullException(nameof(resourceLoggerService));
        DefaultWaitBehavior = serviceProvider.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior
            ?? WaitBehavior.StopOnResourceUnavailable;
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <summary>Changes the state of every instance of a resource.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var name in resource.InstanceNames())
        {
            PublishUpdateAsync(resource, name, stateFactory);
        }
        return Task.CompletedTask;
    }

    /// <summary>Changes the state of one instance of a resource. Nobody hears of a change that changes nothing.</summary>
    /// <param name="resource">The resource in the model.</param>
    /// <param name="resourceId">The name of the instance.</param>
    /// <param name="stateFactory">Makes the new state of the present one.</param>
    /// <exception cref="InvalidOperationException">Another resource has that name.</exception>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(stateFactory);

        lock (_gate)
        {
            var last = _current.GetValueOrDefault(resourceId);
            if (last is not null && last.Resource != resource)
            {
                throw new InvalidOperationException($"'{resourceId}' is the name of another resource instance already.");
            }

            var previous = last?.Snapshot ?? SnapshotDerivation.Initial(resource);
            var next = SnapshotDerivation.Complete(resource, stateFactory(previous), _services);
            if (last is not null && last.Snapshot == next)
            {
                return Task.CompletedTask;
            }

            var change = new ResourceEvent(resource, resourceId, next with { Version = previous.Version + 1 });
            _current[resourceId] = change;
            _watchers.ForEach(watcher => watcher.TryWrite(change));
            LogStateChange(resourceId, last?.Snapshot.State?.Text, next.State?.Text);
        }
        return Task.CompletedTask;
    }

    /// <summary>The present state of an instance.</summary>
    /// <param name="resourceId">The name of the instance, or of a resource that has only one.</param>
    /// <param name="resourceEvent">The present state.</param>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        lock (_gate)
        {
            if (!_current.TryGetValue(resourceId, out resourceEvent))
            {
                var ofResource = _current.Values.Where(change => IsOf(change, resourceId)).Take(2).ToList();
                resourceEvent = ofResource is [var single] ? single : null;
            }
            return resourceEvent is not null;
        }
    }

    /// <summary>The present state of every instance, then each change, in order.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in WatchBatchesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var change in batch)
            {
                yield return change;
            }
        }
    }

    /// <summary>The present state of every instance in one batch, then the changes as they come.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<ResourceEvent>> WatchBatchesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var changes = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        IReadOnlyList<ResourceEvent> current;
        lock (_gate)
        {
            current = [.. _current.Values];
            _watchers.Add(changes.Writer);
        }

        try
        {
            yield return current;
            while (await changes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<ResourceEvent>();
                while (changes.Reader.TryRead(out var change))
                {
                    batch.Add(change);
                }
                yield return batch;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(changes.Writer);
            }
        }
    }

    /// <summary>Waits until a resource is in a state, <c>Running</c> where none is given.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState], cancellationToken);

    /// <summary>Waits until a resource is in one of some states, and says in which.</summary>
    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(targetStates);
        var states = targetStates.ToList();
        var reached = await WaitAsync(
            resourceName,
            change => states.Contains(change.Snapshot.State?.Text, StringComparer.OrdinalIgnoreCase),
            $"Resource '{resourceName}' failed to reach one of the target states: [{string.Join(", ", states)}] before the operation was cancelled.",
            cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until the state of an instance of a resource is as <paramref name="predicate"/> says.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitAsync(
            resourceName,
            predicate,
            $"Resource '{resourceName}' failed to meet the predicate condition before the operation was cancelled.",
            cancellationToken);

    /// <summary>Waits until a resource is healthy and ready.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource is healthy and ready.</summary>
    /// <param name="resourceName">The resource's name in the model.</param>
    /// <param name="waitBehavior">Whether to go on waiting when the resource ends or fails to start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DistributedApplicationException">There is no such resource, or it failed and is not waited for.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        if (waitBehavior == WaitBehavior.StopOnResourceUnavailable
            && _services.GetService<DistributedApplicationModel>() is { } model
            && !model.Resources.Any(resource => string.Equals(resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        }

        var notHealthy = $"Resource '{resourceName}' failed to become healthy before the operation was cancelled.";
        var healthy = await WaitAsync(
            resourceName,
            change => change.Snapshot.HealthStatus == HealthStatus.Healthy
                || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && DependencyWait.IsUnavailable(change.Snapshot)),
            notHealthy,
            cancellationToken).ConfigureAwait(false);
        if (healthy.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
        }

        return await WaitForReadyAsync(healthy, notHealthy, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for all that the resource's <see cref="WaitAnnotation"/>s name.</summary>
    /// <exception cref="DistributedApplicationException">Something it waits for failed, or ended as it should not.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DependencyWait(this, resource, resource.InstanceNames(), _loggerService.GetLogger(resource)).WaitAsync(cancellationToken);
    }

    /// <summary>Ends every wait.</summary>
    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    internal async Task<ResourceEvent> WaitForReadyAsync(ResourceEvent instance, string cancellationMessage, CancellationToken cancellationToken)
    {
        var ready = await WaitAsync(
            instance.Resource.Name,
            change => change.ResourceId == instance.ResourceId && change.Snapshot.ReadyEvent is not null,
            cancellationMessage,
            cancellationToken).ConfigureAwait(false);
        // Whoever subscribed to the event may have failed.
        await ready.Snapshot.ReadyEvent!.WaitAsync(cancellationToken).ConfigureAwait(false);
        return ready;
    }

    internal async Task<ResourceEvent> WaitAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, string cancellationMessage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        ArgumentNullException.ThrowIfNull(predicate);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token, cancellationToken);
        try
        {
            await foreach (var change in WatchAsync(ending.Token).ConfigureAwait(false))
            {
                if (IsOf(change, resourceName) && predicate(change))
                {
                    return change;
                }
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(
                $"{cancellationMessage}{Environment.NewLine}{SnapshotDescription.Of(this, resourceName)}", exception, exception.CancellationToken);
        }
        throw new OperationCanceledException(cancellationMessage);
    }

    private static bool IsOf(ResourceEvent change, string resourceName) =>
        string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase);

    private void LogStateChange(string resourceId, string? from, string? to)
    {
        if (from != to && _logger.IsEnabled(LogLevel.Debug))
        {
            _logger.LogDebug("Resource {ResourceId} changed state: {PreviousState} -> {NewState}", resourceId, from, to);
        }
    }
}
