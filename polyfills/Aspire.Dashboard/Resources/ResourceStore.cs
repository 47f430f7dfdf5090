using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Dashboard.Deployed;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Resources;

/// <summary>The resources as they are now: one watch of the model serves every tab.</summary>
internal sealed class ResourceStore(IDashboardModel model) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DashboardResource> _resources = new();
    private readonly ServiceColours _colours = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _watch = Task.CompletedTask;

    public ChangeSignal Changed { get; } = new();

    /// <summary>What runs here and is to be seen, by name.</summary>
    public ImmutableArray<DashboardResource> Resources =>
        [.. _resources.Values.Where(resource => !resource.IsHidden && !DeployedState.Is(resource))
            .OrderBy(resource => resource.DisplayName, StringComparer.OrdinalIgnoreCase).ThenBy(resource => resource.Name, StringComparer.Ordinal)];

    /// <summary>Everything: hidden resources, and those that stand for what is deployed, too.</summary>
    public ImmutableArray<DashboardResource> All => [.. _resources.Values];

    /// <summary>The style sheet's class of a service's colour.</summary>
    public string ColourOf(string serviceName) => _colours.ClassOf(serviceName);

    public void Start() => _watch = Task.Run(WatchAsync);

    /// <summary>The resource's name that telemetry's sender goes by, where the model knows it.</summary>
    public string NameOf(TelemetryResource sender) =>
        sender.InstanceId is { } id && _resources.Values.FirstOrDefault(resource => resource.TelemetryInstanceId == id) is { } resource
            ? resource.Name
            : sender.ServiceName;

    public IEnumerable<string> NamesOf(IEnumerable<TelemetryResource> senders) => senders.Select(NameOf).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Whether a sender is the resource of that name, or one of its replicas; all are where no name is given.</summary>
    public Func<TelemetryResource, bool> Sends(string? name) =>
        sender => name is null || name == sender.ServiceName || name == NameOf(sender);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        await foreach (var changes in model.WatchResourcesAsync(_stopping.Token))
        {
            foreach (var change in changes.OrderBy(change => change.Resource.DisplayName, StringComparer.Ordinal))
            {
                _colours.ClassOf(change.Resource.DisplayName);
                if (change.Removed)
                {
                    _resources.TryRemove(change.Resource.Name, out _);
                }
                else
                {
                    _resources[change.Resource.Name] = change.Resource;
                }
            }

            Changed.Raise();
        }
    }
}
