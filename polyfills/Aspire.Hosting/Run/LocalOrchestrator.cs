using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Run.Commands;
using Aspire.Hosting.Run.Containers;
using Aspire.Hosting.Run.Endpoints;
using Aspire.Hosting.Run.Processes;
using Aspire.Hosting.Run.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>Runs the application on this machine: starts whatever the model holds, each as soon as it may, and stops all in order.</summary>
internal sealed class LocalOrchestrator : IAsyncDisposable
{
    private readonly DistributedApplicationModel _model;
    private readonly ResourceNotificationService _notifications;
    private readonly IDistributedApplicationEventing _eventing;
    private readonly IServiceProvider _services;
    private readonly ResourceLifecycle _lifecycle;
    private readonly EndpointAllocation _allocation;
    private readonly ContainerRuntime _containers;
    private readonly Lazy<ProcessGuardian> _guardian = new(ProcessGuardian.Start);
    private readonly ProcessLauncher _processLauncher;
    private readonly ContainerLauncher _containerLauncher;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<ResourceInstance> _instances = [];
    private Task _starts = Task.CompletedTask;
    private int _isStopping;

    public LocalOrchestrator(
        DistributedApplicationModel model,
        DistributedApplicationOptions options,
        DistributedApplicationExecutionContext executionContext,
        ResourceNotificationService notifications,
        ResourceLoggerService loggers,
        IDistributedApplicationEventing eventing,
        IConfiguration configuration,
        IServiceProvider services,
        TimeProvider time)
    {
        (_model, _notifications, _eventing, _services) = (model, notifications, eventing, services);
        _lifecycle = new ResourceLifecycle(model, executionContext, notifications, loggers, eventing, services, time);
        _allocation = new EndpointAllocation(configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false));
        _containers = new ContainerRuntime(configuration, _guardian, time);
        _processLauncher = new ProcessLauncher(new ProjectOutputs(options.Assembly, time), _guardian, time);
        var applicationId = configuration["AppHost:Sha256"] is { Length: >= 8 } sha ? sha[..8].ToLowerInvariant() : "local";
        _containerLauncher = new ContainerLauncher(_containers, _lifecycle, applicationId, time);
    }

    /// <summary>The instances of the application, once it has started.</summary>
    public ImmutableArray<ResourceInstance> Instances => _instances;

    /// <summary>Names the instances and gives them their commands, before anybody looks at them.</summary>
    public static Task PrepareAsync(BeforeStartEvent @event, CancellationToken cancellationToken)
    {
        ResourceInstances.Name(@event.Model.Resources);
        foreach (var resource in @event.Model.Resources.Where(IsOrchestrated))
        {
            LifecycleCommands.Add(resource);
        }
        return Task.CompletedTask;
    }

    /// <summary>The instance of a name, if it is one that this runs.</summary>
    public ResourceInstance? Find(string name) =>
        _instances.FirstOrDefault(instance => string.Equals(instance.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Starts whatever the model holds. Returns before everything runs: some of it waits for the rest.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var orchestrated = _model.Resources.Where(IsOrchestrated).ToList();
        var endpoints = _allocation.Allocate(orchestrated);
        _instances = [.. orchestrated.SelectMany(resource => Instantiate(resource, [.. endpoints[resource]]))];

        foreach (var resource in _model.Resources.ToList())
        {
            await PublishInitialStateAsync(resource, cancellationToken).ConfigureAwait(false);
        }
        await ParameterStates.PublishAsync(
            _model.Resources.OfType<ParameterResource>(), _notifications, _lifecycle.Loggers, cancellationToken).ConfigureAwait(false);
        foreach (var resource in orchestrated.Where(resource => endpoints[resource].Any()))
        {
            await _eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, _services), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CS0618 // Obsolete, and still published for those who have not moved on.
        await _eventing.PublishAsync(new AfterEndpointsAllocatedEvent(_services, _model), cancellationToken).ConfigureAwait(false);
#pragma warning restore CS0618

        var automatic = _instances.Where(instance => !instance.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>()).ToList();
        // The start of the host must not cancel what outlives it: an instance ends with the application.
        _starts = Task.WhenAll(automatic.Select(instance => Task.Run(() => instance.StartAsync(CancellationToken.None), CancellationToken.None)));
        await _eventing.PublishAsync(new AfterResourcesCreatedEvent(_services, _model), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops everything, whoever depends on another before it. Cancelling ends the patience with those that take their time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStopping, 1) == 1)
        {
            await _stopped.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            await StopAllAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _stopped.SetResult();
        }
    }

    /// <summary>Ends at once what was not stopped.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);

    private async Task StopAllAsync(CancellationToken killNow)
    {
        await _lifecycle.CancelStartsAsync().ConfigureAwait(false);
        var byResource = _instances.ToLookup(instance => instance.Resource);
        foreach (var layer in StopOrder.Layers(byResource.Select(group => group.Key)))
        {
            await Task.WhenAll(layer.SelectMany(resource => byResource[resource]).Select(instance => instance.StopAsync(killNow)))
                .ConfigureAwait(false);
        }
        await _starts.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _containers.RemoveNetworkAsync().ConfigureAwait(false);
        await _lifecycle.DisposeAsync().ConfigureAwait(false);
        if (_guardian.IsValueCreated)
        {
            await _guardian.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool IsOrchestrated(IResource resource) =>
        resource is ProjectResource or ExecutableResource || resource.IsContainer();

    private IEnumerable<ResourceInstance> Instantiate(IResource resource, ImmutableArray<PlannedEndpoint> endpoints)
    {
        IResourceLauncher launcher = resource.IsContainer() ? _containerLauncher : _processLauncher;
        return resource.InstanceNames().Select((name, index) => new ResourceInstance(resource, name, index, endpoints, launcher, _lifecycle));
    }

    private async Task PublishInitialStateAsync(IResource resource, CancellationToken cancellationToken)
    {
        var logger = _lifecycle.Loggers.GetLogger(resource);
        var urls = await ResourceUrls.MakeAsync(resource, _lifecycle.ExecutionContext, logger, cancellationToken).ConfigureAwait(false);
        var isExplicit = IsOrchestrated(resource) && resource.HasAnnotationOfType<ExplicitStartupAnnotation>();
        var now = _lifecycle.Time.GetUtcNow().UtcDateTime;
        await _notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            CreationTimeStamp = snapshot.CreationTimeStamp ?? now,
            State = isExplicit ? KnownResourceStates.NotStarted : snapshot.State,
            Urls = urls.IsEmpty ? snapshot.Urls : urls,
            Relationships =
            [
                .. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                    .Select(relationship => new RelationshipSnapshot(relationship.Resource.Name, relationship.Type)).Distinct(),
            ],
            Properties = resource.TryGetContainerImageName(out var image)
                ? [.. snapshot.Properties, new ResourcePropertySnapshot("container.image", image)]
                : snapshot.Properties,
            HealthReports = ResourceLifecycle.InitialHealthReports(resource),
        }).ConfigureAwait(false);

        // Whoever has a life of its own begins it now, and nobody waits for it here.
        await _eventing.PublishAsync(
            new InitializeResourceEvent(resource, _eventing, _lifecycle.Loggers, _notifications, _services),
            EventDispatchBehavior.NonBlockingConcurrent,
            cancellationToken).ConfigureAwait(false);
    }
}
