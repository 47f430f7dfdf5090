using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Run.Proxy;

/// <summary>One endpoint before several replicas: each connection goes to the next replica that takes it.</summary>
/// <remarks>
/// It relays bytes and knows no protocol, as the official orchestrator's proxy does. An HTTP proxy would have to end TLS, translate
/// HTTP/2 and forward web sockets, and would change headers on the way; this way gRPC, https, Redis or anything else over TCP pass untouched.
/// The price: one connection stays with one replica, so that a client with a single HTTP/2 connection sees a single replica.
/// </remarks>
internal sealed class ReplicaProxy : IAsyncDisposable
{
    private readonly IReadOnlyList<EndPoint> _replicas;
    private readonly List<Socket> _listeners = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _accepting;
    private uint _next = uint.MaxValue;

    private ReplicaProxy(IReadOnlyList<IPEndPoint> listenOn, IReadOnlyList<EndPoint> replicas)
    {
        _replicas = replicas;
        try
        {
            foreach (var endPoint in listenOn)
            {
                var listener = Endpoints.ListenAddresses.Bind(endPoint.Address, endPoint.Port);
                _listeners.Add(listener);
                listener.Listen();
            }
        }
        catch
        {
            _listeners.ForEach(listener => listener.Dispose());
            throw;
        }
        _accepting = [.. _listeners.Select(AcceptAsync)];
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="listenOn">The endpoint's addresses.</param>
    /// <param name="replicas">Where the replicas listen, or will listen.</param>
    /// <exception cref="SocketException">The endpoint's port is in use.</exception>
    public static ReplicaProxy Start(IReadOnlyList<IPEndPoint> listenOn, IReadOnlyList<EndPoint> replicas) => new(listenOn, replicas);

    /// <summary>Ends all connections and gives the port back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listeners.ForEach(listener => listener.Dispose());
        await Task.WhenAll(_accepting).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _ = RelayAsync(client, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client was gone before it was accepted; the next one is not.
            }
        }
    }

    private async Task RelayAsync(Socket client, CancellationToken stopping)
    {
        using (client)
        {
            using var replica = await ConnectToNextAsync(stopping).ConfigureAwait(false);
            if (replica is null)
            {
                // A reset, as if nobody listened: an orderly end might look like an empty answer.
                client.Close(timeout: 0);
                return;
            }

            client.NoDelay = replica.NoDelay = true;
            await Task.WhenAll(CopyAsync(client, replica, stopping), CopyAsync(replica, client, stopping)).ConfigureAwait(false);
        }
    }

    private async Task<Socket?> ConnectToNextAsync(CancellationToken stopping)
    {
        // A replica that is down refuses at once, and its turn passes to the next.
        var first = Interlocked.Increment(ref _next);
        for (var i = 0u; i < _replicas.Count; i++)
        {
            var replica = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await replica.ConnectAsync(_replicas[(int)((first + i) % _replicas.Count)], stopping).ConfigureAwait(false);
                return replica;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                replica.Dispose();
            }
        }
        return null;
    }

    /// <summary>Copies one direction until its end, and passes that end on while the other direction goes on.</summary>
    private static async Task CopyAsync(Socket from, Socket to, CancellationToken stopping)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, stopping).ConfigureAwait(false) is var count and > 0)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), stopping).ConfigureAwait(false);
                }
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side broke off: the other cannot go on either.
            from.Dispose();
            to.Dispose();
        }
    }
}
