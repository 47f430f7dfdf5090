using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Where browsers find each site. The first without a host has the application's address, unless a service says that it has all of it;
/// each other has a host under the domain where publish makes names, and else a distribution of its own.
/// </summary>
internal sealed class SitePlaces
{
    private readonly Dictionary<string, SitePlace> _places = new(StringComparer.OrdinalIgnoreCase);

    private SitePlaces() { }

    /// <summary>Whether the application's address is a site's, and no service's without a route.</summary>
    public bool HaveAddress => _places.Values.Any(place => place.Distribution is null);

    public static SitePlaces Of(IEnumerable<IResource> sites, IEnumerable<PublishedResource> services, Ingress ingress)
    {
        var places = new SitePlaces();
        var isTaken = services
            .SelectMany(service => service.Service?.Routes ?? [])
            .Any(route => route is { Path: null or "/*", Host: null, Port: null });
        foreach (var site in sites)
        {
            var host = OptionsOf(site).Host;
            var name = site.Name.ToLowerInvariant();
            if (host is null ? !isTaken : host == ingress.Domain)
            {
                isTaken = true;
                places._places[site.Name] = new SitePlace(Distribution: null, Host: null);
            }
            else
            {
                places._places[site.Name] = new SitePlace(
                    name,
                    host ?? (ingress.HostedZoneId is null ? null : $"{name}.{ingress.Domain}".ToLowerInvariant())
                );
            }
        }

        return places;
    }

    /// <summary>The options of a site, as far as they can be; what they refuse is refused where the site is read.</summary>
    public static StaticSite OptionsOf(IResource site)
    {
        var options = new StaticSite();
        try
        {
            site.Annotations.OfType<StaticSiteAnnotation>().Last().Configure(options);
        }
        catch (ArgumentException)
        {
            // Said by SiteReader.
        }

        return options;
    }

    public SitePlace? Find(IResource resource) => _places.GetValueOrDefault(resource.Name);

    public SitePlace this[IResource site] => _places[site.Name];
}
