using System.Net;
using Aspire.Dashboard.Frontend;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aspire.Dashboard;

/// <summary>Turns an address of the options into one that Kestrel listens at: loopback and plain HTTP, or it is refused.</summary>
internal static class ListenAddress
{
    public static void ListenLoopback(this KestrelServerOptions kestrel, Uri url, HttpProtocols protocols)
    {
        if (url.Scheme != Uri.UriSchemeHttp || !RequestGuard.IsLoopback(url.IdnHost))
        {
            throw new ArgumentException(
                $"The dashboard cannot listen at '{url}': it listens on loopback only, without TLS. Use an address such as 'http://localhost:18888'.",
                nameof(url));
        }

        // A free port is taken on IPv4 alone: the same number need not be free on IPv6.
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address))
        {
            kestrel.Listen(address, url.Port, listen => listen.Protocols = protocols);
        }
        else if (url.Port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
        }
        else
        {
            kestrel.ListenLocalhost(url.Port, listen => listen.Protocols = protocols);
        }
    }

    /// <summary>The address as asked for, with the port that was taken.</summary>
    public static Uri WithPort(Uri asked, string bound) =>
        new UriBuilder(asked) { Port = new Uri(bound).Port }.Uri;
}
