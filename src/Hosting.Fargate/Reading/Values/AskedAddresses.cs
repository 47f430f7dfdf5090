using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Endpoints whose address a callback of the model asks for as text (<c>$"http://{endpoint.Host}:{endpoint.Port}"</c>,
/// <c>endpoint.Url</c>), as it may on a laptop, where they have one before the callback is called. Here each has a name that nothing else
/// has, and a text with that name in it is as good as a reference. Once the model is read they have none again, for it may be another
/// publisher's too.
/// </summary>
internal sealed partial class AskedAddresses : IDisposable
{
    /// <summary>No name on the internet ends so: https://www.rfc-editor.org/rfc/rfc6761#section-6.4.</summary>
    private const string Domain = "endpoint.invalid";

    /// <summary>How many read the model of an endpoint: each environment does, and two may at once.</summary>
    private static readonly ConditionalWeakTable<EndpointAnnotation, StrongBox<int>> s_readers = [];

    private readonly List<EndpointAnnotation> _named = [];
    private readonly Dictionary<string, IResourceWithEndpoints> _resources = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="model">The model.</param>
    /// <param name="published">What is published here.</param>
    /// <param name="managed">What AWS runs of it itself.</param>
    /// <param name="environment">The environment that is read.</param>
    public AskedAddresses(
        DistributedApplicationModel model,
        IEnumerable<PublishedResource> published,
        ManagedServers managed,
        FargateEnvironmentResource environment
    )
    {
        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
        {
            _resources[resource.Name] = resource;
        }

        foreach (var resource in published.Where(resource => resource.Resource is IResourceWithEndpoints))
        {
            Add((IResourceWithEndpoints)resource.Resource, resource.Endpoints);
        }

        foreach (var resource in model.Resources.OfType<IComputeResource>())
        {
            if (
                resource.GetComputeEnvironment() is FargateEnvironmentResource other
                && other != environment
                && !resource.IsExcludedFromPublish()
                && resource is IResourceWithEndpoints elsewhere
            )
            {
                Add(elsewhere, PublishedEndpoint.Of(resource, new Refusals()));
            }
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
    public IEnumerable<AskedAddress> Find(string text)
    {
        if (!text.Contains(Domain, StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        foreach (Match match in Address().Matches(text))
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
                ? new AskedAddress(match.Index..(match.Index + match.Length), endpoint, EndpointProperty.Url)
            : port.Success ? new AskedAddress(host.Index..(port.Index + port.Length), endpoint, EndpointProperty.HostAndPort)
            : new AskedAddress(host.Index..(host.Index + host.Length), endpoint, EndpointProperty.Host);
        }
    }

    /// <summary>
    /// Takes the names away: who asks from now on is told that there is no address, as always where a model is published.
    /// </summary>
    public void Dispose()
    {
        lock (s_readers)
        {
            foreach (var annotation in _named)
            {
                if (--s_readers.GetOrCreateValue(annotation).Value == 0)
                {
                    annotation.AllocatedEndpoint = null;
                }
            }
        }

        _named.Clear();
    }

    private void Add(IResourceWithEndpoints resource, IEnumerable<PublishedEndpoint> endpoints)
    {
        _resources[resource.Name] = resource;
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Endpoint.DefaultNetworkID == KnownNetworkIdentifiers.LocalhostNetwork)
            {
                Name(endpoint.Endpoint, $"{endpoint.Endpoint.Name}.{resource.Name}.{Domain}", endpoint.AliasPort);
            }
        }
    }

    private void Name(EndpointAnnotation annotation, string name, int port)
    {
        lock (s_readers)
        {
            var readers = s_readers.GetValue(annotation, _ => new StrongBox<int>());
            if (readers.Value == 0)
            {
                if (IsAllocated(annotation))
                {
                    return;
                }

                annotation.AllocatedEndpoint = new AllocatedEndpoint(annotation, name, port);
            }

            readers.Value++;
            _named.Add(annotation);
        }
    }

    /// <summary>Whether it has an address from elsewhere. One that was taken away throws in place of saying that there is none.</summary>
    private static bool IsAllocated(EndpointAnnotation annotation)
    {
        try
        {
            return annotation.AllocatedEndpoint is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        @"(?:(?<scheme>[a-z][a-z0-9+.-]*)://)?(?<host>(?<endpoint>[a-z0-9_-]+)\.(?<resource>[a-z0-9_-]+)\.endpoint\.invalid)(?::(?<port>\d+))?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Address();
}

/// <summary>Where a text has the address of an endpoint, and which part of it.</summary>
internal sealed record AskedAddress(Range Place, EndpointReference Endpoint, EndpointProperty Property);
