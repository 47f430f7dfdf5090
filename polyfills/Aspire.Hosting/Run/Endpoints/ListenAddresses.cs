using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Run.Endpoints;

/// <summary>The addresses a host name of an endpoint stands for when something listens on it, as Kestrel understands them.</summary>
internal static class ListenAddresses
{
    /// <summary><c>localhost</c> is both loopback addresses, an IP address itself, anything else (<c>*</c>, <c>+</c>) every interface.</summary>
    public static IReadOnlyList<IPAddress> Of(string host)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return Socket.OSSupportsIPv6 && HasIPv6Loopback.Value ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        }
        return [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any];
    }

    /// <summary>A socket that is bound, not yet listening.</summary>
    /// <exception cref="SocketException">The address is in use or not one of this machine's.</exception>
    public static Socket Bind(IPAddress address, int port, SocketType type = SocketType.Stream)
    {
        var socket = new Socket(address.AddressFamily, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A machine may know IPv6 and still have no ::1, as many containers do.
    private static readonly Lazy<bool> HasIPv6Loopback = new(static () =>
    {
        try
        {
            using var socket = Bind(IPAddress.IPv6Loopback, 0);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });
}
