using System.Net;

namespace LocalAws;

/// <summary>
/// Keeps pages out. A browser on this machine reaches the loopback, and any site may have it send a simple request here; with a name of its
/// own that resolves to 127.0.0.1, a site could even read the answers. Nothing here is authenticated.
/// </summary>
internal static class LocalCallers
{
    /// <summary>What to answer instead of doing it; null for what a program of this machine asks.</summary>
    public static string? ReasonToRefuse(HttpRequest request)
    {
        if (!IsOfThisMachine(request.Host.Host))
        {
            return $"LocalAws answers calls to this machine alone, and not those to the host '{request.Host.Host}'. "
                + "Set the endpoint to http://127.0.0.1:PORT or http://localhost:PORT.";
        }
        // A browser says with all that can change something which page it comes from; an SDK never does.
        return IsSafe(request.Method) || (!request.Headers.ContainsKey("Origin") && !request.Headers.ContainsKey("Sec-Fetch-Site"))
            ? null
            : "LocalAws answers programs, and not pages in a browser: it checks no credentials, so that any site could call it.";
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>An address is one that the caller dialled, such as that of a container's gateway: no site can make a name of it.</summary>
    private static bool IsOfThisMachine(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out _)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);
}
