using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Run.Endpoints;

namespace Aspire.Hosting.Run.Proxy;

/// <summary>The proxies of the application, each started with the first replica behind it and kept until the end.</summary>
internal sealed class ReplicaProxies : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PlannedEndpoint, ReplicaProxy> _proxies = [];

    /// <summary>Starts the endpoint's proxy, if it is to have one and has none yet.</summary>
    /// <exception cref="ResourceStartException">The endpoint's port is in use.</exception>
    public void EnsureStarted(PlannedEndpoint endpoint)
    {
        if (!endpoint.HasProxy || endpoint.SocketType != SocketType.Stream)
        {
            return;
        }
        lock (_gate)
        {
            if (_proxies.ContainsKey(endpoint))
            {
                return;
            }
            endpoint.EnsureFree(endpoint.Port);
            _proxies.Add(endpoint, ReplicaProxy.Start(
                [.. ListenAddresses.Of(endpoint.Endpoint.TargetHost).Select(address => new IPEndPoint(address, endpoint.Port))],
                [.. endpoint.ReplicaPorts.Select(port => new DnsEndPoint("localhost", port))]));
        }
    }

    /// <summary>Ends all proxies.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
        {
            await proxy.DisposeAsync().ConfigureAwait(false);
        }
    }
}
