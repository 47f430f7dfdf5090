using System.Net;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Images;

/// <summary>
/// Where passwords of registries may go: to the registry that they are of, over TLS, and to nobody who only looks like it.
/// </summary>
internal static partial class RegistryTrust
{
    /// <summary>Whose subdomains belong to somebody else each.</summary>
    private static readonly HashSet<string> s_shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "amazonaws.com",
        "azurecr.io",
        "azurecr.cn",
        "gcr.io",
        "pkg.dev",
        "jfrog.io",
        "cloudsmith.io",
        "scw.cloud",
        "digitaloceanspaces.com",
        "github.io",
        "gitlab.io",
    };

    /// <summary>
    /// Whether a host is a private registry of Amazon ECR: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html.
    /// </summary>
    public static bool IsEcr(string host) => Ecr().IsMatch(host);

    /// <summary>Whether a password may be sent to an address at all: over TLS, or to this machine.</summary>
    public static bool IsPrivate(Uri address) => address.Scheme == Uri.UriSchemeHttps || IsLoopback(address.Host);

    /// <summary>
    /// Whether tokens of a registry may be asked for at an address with a password. Docker Hub has one of its own for that, GitLab the
    /// host that its registry is a part of or stands beside; all others have it at the registry.
    /// </summary>
    /// <param name="registry">The registry's host, with a port or without.</param>
    /// <param name="realm">Where it says that tokens are.</param>
    public static bool IsRealmOf(string registry, Uri realm)
    {
        var host = HostOf(registry);
        if (!IsPrivate(realm))
        {
            return false;
        }

        return realm.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
            || (host is "docker.io" or "index.docker.io" or "registry-1.docker.io" && realm.Host == "auth.docker.io")
            || IsWithin(host, realm.Host)
            || (ParentOf(host) is { } parent && IsWithin(realm.Host, parent) && ParentOf(realm.Host) == parent);
    }

    private static string HostOf(string registry) =>
        registry.LastIndexOf(':') is > 0 and var port && !registry.EndsWith(']') ? registry[..port] : registry;

    /// <summary>Whether a host is a part of a domain that is one owner's.</summary>
    private static bool IsWithin(string host, string domain) =>
        host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase)
        && domain.Contains('.')
        && !IPAddress.TryParse(domain, out _)
        && !s_shared.Contains(domain);

    private static string? ParentOf(string host) =>
        host.IndexOf('.') is > 0 and var dot && host.IndexOf('.', dot + 1) > 0 ? host[(dot + 1)..].ToLowerInvariant() : null;

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex(
        @"\A[0-9]{12}\.(dkr\.ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov|amazonaws\.eu)|dkr-ecr(-fips)?\.[a-z0-9-]+\.on\.(aws|amazonwebservices\.com\.cn))\z"
    )]
    private static partial Regex Ecr();
}
