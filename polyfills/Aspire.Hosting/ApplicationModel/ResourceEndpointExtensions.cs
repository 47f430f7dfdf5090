using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>Refers to all endpoints.</summary>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(resource, endpoint))];

    /// <summary>Refers to all endpoints, as seen from a network.</summary>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource, NetworkIdentifier contextNetworkId) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(resource, endpoint, contextNetworkId))];

    /// <summary>Refers to an endpoint, whether it exists yet or not.</summary>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) =>
        new(resource, endpointName);

    /// <summary>Refers to an endpoint as seen from a network, whether it exists yet or not.</summary>
    public static EndpointReference GetEndpoint(
        this IResourceWithEndpoints resource, string endpointName, NetworkIdentifier contextNetworkId) =>
        new(resource, endpointName, contextNetworkId);

    /// <summary>The ports that the endpoints have where the resource is deployed; null for those that the environment chooses.</summary>
    public static IReadOnlyList<ResolvedEndpoint> ResolveEndpoints(this IResource resource, IPortAllocator? portAllocator = null)
    {
        portAllocator ??= new PortAllocator();
        var schemesWithDefault = new HashSet<string>();
        var resolved = new List<ResolvedEndpoint>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            int? port = endpoint.Port is 0 ? null : endpoint.Port;
            int? target = endpoint.TargetPort is 0 ? null : endpoint.TargetPort;
            var isHttp = endpoint.UriScheme is "http" or "https";

            // The first endpoint of a project for each scheme is the one that its container listens on anyway.
            var targetPort = (resource, target, port) switch
            {
                (_, { } explicitTarget, _) => ResolvedPort.Explicit(explicitTarget),
                (ContainerResource, null, { } exposed) => ResolvedPort.Implicit(exposed),
                (ProjectResource, null, _) when isHttp && !schemesWithDefault.Contains(endpoint.UriScheme) => ResolvedPort.None(),
                _ => ResolvedPort.Allocated(portAllocator.AllocatePort()),
            };
            if (resource is ProjectResource && isHttp)
            {
                schemesWithDefault.Add(endpoint.UriScheme);
            }

            var exposedPort = (port, targetPort.Value) switch
            {
                ({ } explicitPort, _) => ResolvedPort.Explicit(explicitPort),
                (null, { } sameAsTarget) => ResolvedPort.Implicit(sameAsTarget),
                _ when isHttp => ResolvedPort.None(),
                _ => ResolvedPort.Allocated(portAllocator.AllocatePort()),
            };
            foreach (var used in new[] { exposedPort.Value, targetPort.Value }.OfType<int>())
            {
                portAllocator.AddUsedPort(used);
            }

            resolved.Add(new() { Endpoint = endpoint, TargetPort = targetPort, ExposedPort = exposedPort });
        }

        return resolved;
    }
}

/// <summary>An endpoint with the ports it has where its resource is deployed.</summary>
public sealed class ResolvedEndpoint
{
    /// <summary>The endpoint.</summary>
    public required EndpointAnnotation Endpoint { get; init; }

    /// <summary>The port that the process listens on.</summary>
    public ResolvedPort TargetPort { get; init; }

    /// <summary>The port that clients use.</summary>
    public ResolvedPort ExposedPort { get; init; }
}

/// <summary>A port, and where it comes from.</summary>
public readonly struct ResolvedPort
{
    /// <summary>The port; null where the environment chooses it.</summary>
    public int? Value { get; init; }

    /// <summary>Whether it was made up.</summary>
    public bool IsAllocated { get; init; }

    /// <summary>Whether it follows from another.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>One that the model says.</summary>
    public static ResolvedPort Explicit(int port) => new() { Value = port };

    /// <summary>One that was made up.</summary>
    public static ResolvedPort Allocated(int port) => new() { Value = port, IsAllocated = true };

    /// <summary>One that follows from another.</summary>
    public static ResolvedPort Implicit(int port) => new() { Value = port, IsImplicit = true };

    /// <summary>None: the environment chooses it.</summary>
    public static ResolvedPort None() => default;

    /// <summary>The port.</summary>
    public static implicit operator int?(ResolvedPort resolvedPort) => resolvedPort.Value;
}

/// <summary>Makes ports up.</summary>
public interface IPortAllocator
{
    /// <summary>Says that a port is taken.</summary>
    void AddUsedPort(int port);

    /// <summary>The next port that is not taken; it is taken only when <see cref="AddUsedPort"/> says so.</summary>
    int AllocatePort();
}

/// <summary>Makes ports up, counting from a first one.</summary>
public sealed class PortAllocator(int startPort = 8000) : IPortAllocator
{
    private readonly HashSet<int> _used = [];

    /// <inheritdoc/>
    public void AddUsedPort(int port) => _used.Add(port);

    /// <inheritdoc/>
    public int AllocatePort() => Enumerable.Range(startPort, 65536 - startPort).First(port => !_used.Contains(port));
}
