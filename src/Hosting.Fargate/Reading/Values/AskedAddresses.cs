using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Endpoints whose address a callback of the model asks for as text (<c>$"http://{endpoint.Host}:{endpoint.Port}"</c>,
/// <c>endpoint.Url</c>), as it may on a laptop, where they have one before the callback is called. Here each has a name that nothing else has,
/// and a text with that name in it is as good as a reference.
/// </summary>
internal sealed partial class AskedAddresses
{
    /// <summary>No name on the internet ends so: https://www.rfc-editor.org/rfc/rfc6761#section-6.4.</summary>
    private const string Domain = "endpoint.invalid";

    private readonly Dictionary<string, IResourceWithEndpoints> _resources = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="model">The model: what another environment has was given its name there, and is found all the same.</param>
    /// <param name="published">What is published here.</param>
    /// <param name="managed">What AWS runs of it itself.</param>
    public AskedAddresses(DistributedApplicationModel model, IEnumerable<PublishedResource> published, ManagedServers managed)
    {
        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
        {
            _resources[resource.Name] = resource;
        }

        foreach (var resource in published.Where(resource => resource.Resource is IResourceWithEndpoints))
        {
            Add((IResourceWithEndpoints)resource.Resource, resource.Endpoints);
        }

        foreach (var server in managed.Taken)
        {
            Add(
                server,
                PublishedEndpoint
                    .Of(server, new Refusals())
                    .Select(endpoint =>
                        managed.Brokers.PortOf(server, endpoint.Endpoint) is { } port ? endpoint with { AliasPort = port } : endpoint
                    )
            );
        }
    }

    /// <summary>Where a text has the address of an endpoint, and which part of it.</summary>
    public IEnumerable<(Range Place, EndpointReference Endpoint, EndpointProperty Property)> Find(string text)
    {
        if (!text.Contains(Domain, StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        foreach (Match match in Name().Matches(text))
        {
            var (host, port, scheme) = (match.Groups["host"], match.Groups["port"], match.Groups["scheme"]);
            if (!_resources.TryGetValue(match.Groups["resource"].Value, out var resource))
            {
                continue;
            }

            var endpoint = new EndpointReference(resource, match.Groups["endpoint"].Value);
            yield return port.Success
            && scheme.Success
            && endpoint.Exists
            && scheme.Value.Equals(endpoint.EndpointAnnotation.UriScheme, StringComparison.OrdinalIgnoreCase)
                ? (match.Index..(match.Index + match.Length), endpoint, EndpointProperty.Url)
            : port.Success ? (host.Index..(port.Index + port.Length), endpoint, EndpointProperty.HostAndPort)
            : (host.Index..(host.Index + host.Length), endpoint, EndpointProperty.Host);
        }
    }

    private void Add(IResourceWithEndpoints resource, IEnumerable<PublishedEndpoint> endpoints)
    {
        _resources[resource.Name] = resource;
        foreach (var (annotation, port) in endpoints.Select(endpoint => (endpoint.Endpoint, endpoint.AliasPort)))
        {
            if (annotation is { AllocatedEndpoint: null } && annotation.DefaultNetworkID == KnownNetworkIdentifiers.LocalhostNetwork)
            {
                annotation.AllocatedEndpoint = new AllocatedEndpoint(annotation, $"{annotation.Name}.{resource.Name}.{Domain}", port);
            }
        }
    }

    [GeneratedRegex(
        @"(?:(?<scheme>[a-z][a-z0-9+.-]*)://)?(?<host>(?<endpoint>[a-z0-9_-]+)\.(?<resource>[a-z0-9_-]+)\.endpoint\.invalid)(?::(?<port>\d+))?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Name();
}
