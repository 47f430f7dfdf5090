using System.Collections.Immutable;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run.Endpoints;

/// <summary>Where an endpoint is reached, and where each replica listens for it.</summary>
/// <param name="Resource">The resource that has the endpoint.</param>
/// <param name="Endpoint">The endpoint in the model.</param>
/// <param name="Port">The port that others use.</param>
/// <param name="ReplicaPorts">The port that each replica listens on; for a container, its host port.</param>
internal sealed record PlannedEndpoint(IResource Resource, EndpointAnnotation Endpoint, int Port, ImmutableArray<int> ReplicaPorts)
{
    /// <summary>Whether a proxy stands between <see cref="Port"/> and the replicas.</summary>
    /// <remarks>A single replica listens on the endpoint's port itself: one hop fewer, and nothing else to fail.</remarks>
    public bool HasProxy => ReplicaPorts is not [var only] || only != Port;

    /// <summary>What stands for a replica's own port in environment variables and arguments until it is known whose they are.</summary>
    public string PortPlaceholder => $$$"""{{- portForServing "{{{Resource.Name}}}/{{{Endpoint.Name}}}" -}}""";

    /// <summary>Why the endpoint cannot be had, where that follows from the model alone.</summary>
    public string? Problem { get; init; }

    public SocketType SocketType => Endpoint.Protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream;

    /// <summary>Fails where somebody else listens on a port already, and says who.</summary>
    /// <exception cref="ResourceStartException">A port is in use.</exception>
    public void EnsureFree(int port)
    {
        if (PortAvailability.IsFree(Endpoint.TargetHost, port, SocketType))
        {
            return;
        }
        var holder = PortHolder.Find(port) is { } found ? $"process {found.ProcessId} ({found.Name})" : "another process";
        throw new ResourceStartException(
            $"Port {port}, which endpoint '{Endpoint.Name}' of resource '{Resource.Name}' wants, is in use by {holder}. "
            + "End that process, or give the endpoint another port.");
    }
}
