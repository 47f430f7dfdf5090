using System.Globalization;
using System.Net;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run.Endpoints;

/// <summary>Decides on the ports of all endpoints, before any resource starts: a resource's environment may name another's port.</summary>
/// <param name="randomizePorts">Whether ports that the model gives are ignored where a proxy could stand, so that several applications
/// may run at once. Tests ask for it (<c>DcpPublisher:RandomizePorts</c>).</param>
internal sealed class EndpointAllocation(bool randomizePorts)
{
    private readonly PortAvailability _ports = new();
    private readonly Dictionary<int, PlannedEndpoint> _fixedPorts = [];

    /// <summary>Decides on the ports of the resources, and tells the model.</summary>
    public ILookup<IResource, PlannedEndpoint> Allocate(IEnumerable<IResource> resources)
    {
        var endpoints = resources
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint)))
            .ToList();
        foreach (var port in endpoints.SelectMany(pair => new[] { pair.endpoint.Port, pair.endpoint.TargetPort }).OfType<int>())
        {
            _ports.Reserve(port);
        }

        var planned = endpoints.Select(pair => Plan(pair.resource, pair.endpoint)).ToList();
        foreach (var endpoint in planned)
        {
            TellModel(endpoint);
        }
        return planned.ToLookup(endpoint => endpoint.Resource);
    }

    private PlannedEndpoint Plan(IResource resource, EndpointAnnotation endpoint)
    {
        var replicas = resource.GetReplicaCount();
        int? port = endpoint.Port is 0 || (randomizePorts && endpoint.IsProxied) ? null : endpoint.Port;
        int? targetPort = endpoint.TargetPort is 0 ? null : endpoint.TargetPort;

        if (resource.IsContainer())
        {
            var hostPort = port ?? Free(endpoint);
            return Claim(new(resource, endpoint, hostPort, [hostPort])
            {
                Problem = targetPort is null
                    ? $"The endpoint '{endpoint.Name}' of container '{resource.Name}' must say which port the container listens on: set targetPort."
                    : null,
            }, port);
        }
        if (replicas > 1)
        {
            return Claim(new(resource, endpoint, port ?? Free(endpoint), [.. Enumerable.Range(0, replicas).Select(_ => Free(endpoint))])
            {
                Problem = !endpoint.IsProxied
                    ? $"'{resource.Name}' has {replicas} replicas, which cannot share endpoint '{endpoint.Name}' without a proxy: "
                        + "leave out isProxied: false, or the replicas."
                    : targetPort is not null
                        ? $"'{resource.Name}' has {replicas} replicas, and each needs a port of its own: leave out the target port of endpoint '{endpoint.Name}'."
                        : null,
            }, port);
        }

        var listens = targetPort ?? port ?? Free(endpoint);
        return Claim(new(resource, endpoint, port ?? listens, [listens]), port ?? targetPort);
    }

    private int Free(EndpointAnnotation endpoint) =>
        _ports.TakeFree(endpoint.Protocol == System.Net.Sockets.ProtocolType.Udp
            ? System.Net.Sockets.SocketType.Dgram
            : System.Net.Sockets.SocketType.Stream);

    // Two endpoints of the model that want one port: the second does not get it, whoever starts first.
    private PlannedEndpoint Claim(PlannedEndpoint endpoint, int? fixedPort)
    {
        if (fixedPort is not { } port || _fixedPorts.TryAdd(port, endpoint))
        {
            return endpoint;
        }
        var other = _fixedPorts[port];
        return other.SocketType != endpoint.SocketType
            ? endpoint
            : endpoint with
            {
                Problem = $"Port {port} is wanted by two endpoints: '{other.Endpoint.Name}' of '{other.Resource.Name}' and "
                    + $"'{endpoint.Endpoint.Name}' of '{endpoint.Resource.Name}'. Give one of them another port.",
            };
    }

    private static void TellModel(PlannedEndpoint planned)
    {
        var endpoint = planned.Endpoint;
        var (address, bindingMode) = Address(endpoint.TargetHost);
        var targetPort = planned.Resource.IsContainer() ? endpoint.TargetPort ?? planned.Port
            : planned.ReplicaPorts is [var only] ? only
            : (int?)null;
        var expression = targetPort?.ToString(CultureInfo.InvariantCulture) ?? planned.PortPlaceholder;

        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, address, planned.Port, bindingMode, expression);
        // A container reaches another by its name on their network, and a process through the host.
        var fromContainers = planned.Resource.IsContainer()
            ? new AllocatedEndpoint(endpoint, planned.Resource.Name, endpoint.TargetPort ?? planned.Port, EndpointBindingMode.SingleAddress,
                expression, KnownNetworkIdentifiers.DefaultAspireContainerNetwork)
            : new AllocatedEndpoint(endpoint, Containers.ContainerRuntime.HostName, planned.Port, EndpointBindingMode.SingleAddress,
                expression, KnownNetworkIdentifiers.DefaultAspireContainerNetwork);
        endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(KnownNetworkIdentifiers.DefaultAspireContainerNetwork, fromContainers);
    }

    private static (string Address, EndpointBindingMode Mode) Address(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            ? ("localhost", EndpointBindingMode.SingleAddress)
            : !IPAddress.TryParse(host, out var address) ? ("localhost", EndpointBindingMode.DualStackAnyAddresses)
            : address.Equals(IPAddress.Any) ? ("localhost", EndpointBindingMode.IPv4AnyAddresses)
            : address.Equals(IPAddress.IPv6Any) ? ("localhost", EndpointBindingMode.IPv6AnyAddresses)
            : (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{host}]" : host, EndpointBindingMode.SingleAddress);
}
