using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run.Endpoints;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>One instance of a resource: starts it, follows it, stops it, and says so.</summary>
internal sealed class ResourceInstance(
    IResource resource,
    string name,
    int index,
    ImmutableArray<PlannedEndpoint> endpoints,
    IResourceLauncher launcher,
    ResourceLifecycle lifecycle)
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly ILogger _logger = lifecycle.Loggers.GetLogger(name);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _starting;
    private CancellationTokenSource? _waiting;
    private IRunningResource? _running;
    private bool _isStopping;

    public IResource Resource => resource;

    /// <summary>The name that its state and log are kept under.</summary>
    public string Name => name;

    /// <summary>Which of the replicas it is, from 0.</summary>
    public int Index => index;

    public ImmutableArray<PlannedEndpoint> Endpoints => endpoints;

    /// <summary>What its telemetry carries as <c>service.instance.id</c>.</summary>
    public string TelemetryInstanceId { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>How it was last started; nothing before the first start.</summary>
    public ResourceConfiguration? Configuration { get; private set; }

    /// <summary>Puts this replica's own ports where the model could not yet know them.</summary>
    public string ReplacePorts(string text) => endpoints.Aggregate(text, (current, endpoint) =>
        current.Replace(endpoint.PortPlaceholder, endpoint.ReplicaPorts[index].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>Starts the instance, after what it waits for. Returns when it runs, or failed to; the state says which.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_running is not null)
            {
                return;
            }
            using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifecycle.Stopping);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(starting.Token);
            lock (_gate)
            {
                (_starting, _waiting, _isStopping) = (starting, waiting, false);
            }
            await TryStartAsync(starting.Token, waiting.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _starting = _waiting = null;
            }
            _oneAtATime.Release();
        }
    }

    /// <summary>Starts the instance; if it waits for something already, the wait ends.</summary>
    public async Task StartNowAsync(CancellationToken cancellationToken)
    {
        CancellationTokenSource? waiting;
        lock (_gate)
        {
            waiting = _waiting;
        }
        if (waiting is not null)
        {
            await waiting.CancelAsync().ConfigureAwait(false);
        }
        await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the instance, or gives up its start. Returns when it has ended.</summary>
    /// <param name="killNow">Ends its grace early.</param>
    public async Task StopAsync(CancellationToken killNow)
    {
        IRunningResource? running;
        lock (_gate)
        {
            _isStopping = true;
            _starting?.Cancel();
            running = _running;
        }

        // A start that was under way ends now, having started something or not.
        await _oneAtATime.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            running ??= _running;
            if (running is null)
            {
                return;
            }
            if (!running.Completion.IsCompleted)
            {
                await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
                await running.StopAsync(ResourceLifecycle.Grace, killNow).ConfigureAwait(false);
            }
            await ExitedAsync(running).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task TryStartAsync(CancellationToken cancellationToken, CancellationToken waiting)
    {
        try
        {
            await PublishAsync(snapshot => snapshot with
            {
                State = KnownResourceStates.Starting,
                ExitCode = null,
                StartTimeStamp = null,
                StopTimeStamp = null,
                ReadyEvent = null,
                HealthReports = ResourceLifecycle.InitialHealthReports(resource),
            }).ConfigureAwait(false);

            foreach (var problem in endpoints.Select(endpoint => endpoint.Problem).OfType<string>())
            {
                throw new ResourceStartException(problem);
            }
            await lifecycle.BeforeStartAsync(this, _logger, cancellationToken, waiting).ConfigureAwait(false);
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Starting }).ConfigureAwait(false);

            // Nothing listens on a replica's port but the replica, and on the endpoint's but it or the proxy.
            foreach (var endpoint in endpoints)
            {
                endpoint.EnsureFree(endpoint.ReplicaPorts[index]);
                lifecycle.Proxies.EnsureStarted(endpoint);
            }
            Configuration = await ResourceConfiguration.GatherAsync(this, lifecycle.ExecutionContext, _logger, cancellationToken).ConfigureAwait(false);
            var running = await launcher.LaunchAsync(this, Configuration, lifecycle.Loggers.LogOf(name), cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _running = running;
            }
            await RunningAsync(running).ConfigureAwait(false);
            _ = FollowAsync(running);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever went wrong, be it the model's own callback, is this resource's alone: the others run.
            await FailedAsync(exception).ConfigureAwait(false);
        }
    }

    private Task RunningAsync(IRunningResource running) => PublishAsync(snapshot => snapshot with
    {
        State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
        StartTimeStamp = lifecycle.Time.GetUtcNow().UtcDateTime,
        Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = false })],
        EnvironmentVariables =
        [
            .. Configuration!.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new EnvironmentVariableSnapshot(pair.Key, pair.Value, IsFromSpec: true)),
        ],
        Properties =
        [
            .. snapshot.Properties.Where(property => running.Properties.All(other => other.Name != property.Name)),
            .. running.Properties,
        ],
    });

    private async Task FailedAsync(Exception exception)
    {
        _logger.LogError("{Reason}", exception.Message);
        await PublishAsync(snapshot => snapshot with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            StopTimeStamp = lifecycle.Time.GetUtcNow().UtcDateTime,
        }).ConfigureAwait(false);
        await lifecycle.AfterStopAsync(this).ConfigureAwait(false);
    }

    private async Task FollowAsync(IRunningResource running)
    {
        await running.Completion.ConfigureAwait(false);
        await _oneAtATime.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await ExitedAsync(running).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    // Called by whoever sees the end first, and once only.
    private async Task ExitedAsync(IRunningResource running)
    {
        bool wasStopped;
        lock (_gate)
        {
            if (_running != running)
            {
                return;
            }
            _running = null;
            wasStopped = _isStopping;
        }

        var exitCode = await running.Completion.ConfigureAwait(false);
        await running.DisposeAsync().ConfigureAwait(false);
        _logger.LogInformation("{Ended} with exit code {ExitCode}.", wasStopped ? "Stopped" : "Exited", exitCode);
        await PublishAsync(snapshot => snapshot with
        {
            State = new ResourceStateSnapshot(launcher.EndedState, exitCode == 0 || wasStopped ? null : KnownResourceStateStyles.Error),
            ExitCode = exitCode,
            StopTimeStamp = lifecycle.Time.GetUtcNow().UtcDateTime,
            Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = url.Name is not null })],
        }).ConfigureAwait(false);
        await lifecycle.AfterStopAsync(this).ConfigureAwait(false);
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        lifecycle.PublishAsync(resource, name, change);
}
