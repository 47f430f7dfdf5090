using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Run.Endpoints;

/// <summary>Which ports are free, and a free one for whoever does not care which.</summary>
internal sealed class PortAvailability
{
    // Linux gives outgoing connections ports from this range on; macOS and Windows start at 49152.
    private const int DefaultFirstEphemeralPort = 32768;
    private const int FirstPort = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _given = [];

    /// <summary>Whether something could listen there now.</summary>
    public static bool IsFree(string host, int port, SocketType type = SocketType.Stream)
    {
        foreach (var address in ListenAddresses.Of(host))
        {
            try
            {
                using var socket = ListenAddresses.Bind(address, port, type);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                return false;
            }
            catch (SocketException)
            {
                // Not an address of this machine: for the resource itself to say, it may know better.
            }
        }
        return true;
    }

    /// <summary>A port that is free on every interface, and that this was never asked for before.</summary>
    /// <remarks>
    /// It lies below the range from which outgoing connections get theirs: the resource may start to listen seconds from now, and
    /// until then no connection of another program can take it.
    /// </remarks>
    public int TakeFree(SocketType type = SocketType.Stream)
    {
        lock (_gate)
        {
            while (true)
            {
                var port = Random.Shared.Next(FirstPort, s_firstEphemeralPort.Value);
                if (!_given.Contains(port) && IsFree("*", port, type) && IsFree("localhost", port, type))
                {
                    _given.Add(port);
                    return port;
                }
            }
        }
    }

    /// <summary>Keeps a port from being handed out, because the model names it.</summary>
    public void Reserve(int port)
    {
        lock (_gate)
        {
            _given.Add(port);
        }
    }

    private static readonly Lazy<int> s_firstEphemeralPort = new(static () =>
    {
        const string Range = "/proc/sys/net/ipv4/ip_local_port_range";
        return File.Exists(Range)
               && int.TryParse(File.ReadAllText(Range).Split('\t', ' ')[0], out var first)
               && first > FirstPort + 1000
            ? first
            : DefaultFirstEphemeralPort;
    });
}
