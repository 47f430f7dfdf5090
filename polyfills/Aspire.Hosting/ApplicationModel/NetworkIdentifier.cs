namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a network that endpoints are reachable in.</summary>
public record NetworkIdentifier(string Value);

/// <summary>The networks that a run has.</summary>
public static class KnownNetworkIdentifiers
{
    /// <summary>The machine itself, where projects and executables run.</summary>
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");

    /// <summary>Everywhere.</summary>
    public static readonly NetworkIdentifier PublicInternet = new(".");

    /// <summary>The network that containers share.</summary>
    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = new("aspire-container-network");
}

/// <summary>Host names with a meaning.</summary>
public static class KnownHostNames
{
    /// <summary>The machine itself.</summary>
    public const string Localhost = "localhost";

    /// <summary>The host of a container tunnel.</summary>
    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";

    /// <summary>The machine as a container sees it.</summary>
    public const string DockerDesktopHostBridge = "host.docker.internal";
}
