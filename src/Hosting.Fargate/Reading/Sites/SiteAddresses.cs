using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What a front end is told of endpoints as it is built, before anything has an address of AWS's: the same origin, where a path leads to
/// the service under the site's own name, and names of a domain.
/// </summary>
internal sealed class SiteAddresses(
    Ingress ingress,
    SitePlaces places,
    IReadOnlyDictionary<IResource, PublishedResource> published,
    IReadOnlyDictionary<string, ImmutableArray<Route>> routes,
    InjectedVariables injected
)
{
    /// <summary>What is known for one variable of a site.</summary>
    public Known Of(IResource site, string variable) => new(this, site, variable);

    internal sealed class Known(SiteAddresses addresses, IResource site, string variable)
    {
        /// <summary>Whether the variable is one that a development server or a program has, and no page.</summary>
        public bool IsAbsent { get; private set; }

        /// <summary>Whether it is about the site itself.</summary>
        public bool IsOwn { get; private set; }

        /// <summary>Why an address is not known, in words.</summary>
        public string? Unknown { get; private set; }

        public Value? Find(EndpointReference reference, EndpointProperty property)
        {
            if (ResourceNames.Comparer.Equals(reference.Resource, site))
            {
                (IsAbsent, IsOwn) = (true, true);
                return null;
            }

            if (addresses.Find(site, reference, property) is { } address)
            {
                return address;
            }

            IsAbsent = addresses.IsInjected(variable, site, reference);
            Unknown =
                $"an address of '{reference.Resource.Name}', which "
                + (
                    addresses.IsExternal(reference)
                        ? "has one that AWS makes up"
                        : $"browsers do not reach: its endpoint '{reference.EndpointName}' is internal (WithExternalHttpEndpoints)"
                );
            return null;
        }
    }

    private bool IsInjected(string variable, IResource site, EndpointReference reference) => injected.Has(variable, site, reference);

    private bool IsExternal(EndpointReference reference) =>
        places.Find(reference.Resource) is not null
        || (reference.Exists && reference.EndpointAnnotation.IsExternal && published.ContainsKey(reference.Resource));

    private Value? Find(IResource site, EndpointReference reference, EndpointProperty property)
    {
        if (places.Find(reference.Resource) is { } place)
        {
            return OriginOf(place) is { } other ? EndpointAddress.Of(property, "https", new Text(other), 443) : null;
        }

        if (!published.TryGetValue(reference.Resource, out var target))
        {
            return null;
        }

        var port = target
            .Endpoints.FirstOrDefault(endpoint =>
                endpoint.Name.Equals(reference.EndpointName, StringComparison.OrdinalIgnoreCase) && endpoint.IsExternal
            )
            ?.Port.Number;
        var rules = routes
            .GetValueOrDefault(target.Name, [])
            .Where(route => route.Port.Number == port)
            .SelectMany(route => route.Rules)
            .ToList();
        if (rules.Exists(rule => rule is { Path: not null, Host: null, Port: null, Distribution: null }))
        {
            return OriginOf(places[site]) is { } origin ? EndpointAddress.Of(property, "https", new Text(origin), 443)
                : property is EndpointProperty.Url ? new Text("")
                : null;
        }

        var host = rules.Find(rule => rule.CallableHost is not null)?.CallableHost
            ?? (rules.Exists(rule => rule is { Path: null, Host: null, Port: null, Distribution: null }) ? ingress.Domain : null);
        return host is null ? null : EndpointAddress.Of(property, "https", new Text(host), 443);
    }

    private string? OriginOf(SitePlace place) => place.Host ?? (place.Distribution is null ? ingress.Domain : null);
}
