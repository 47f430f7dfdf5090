using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Where external endpoints are reached from outside: those of the environment that is read, and of the model's others.</summary>
internal sealed class PublicAddresses(DistributedApplicationModel model, StackNames stacks, FargateEnvironmentResource here)
{
    private readonly Dictionary<FargateEnvironmentResource, Known> _known = [];

    private sealed record Known(
        IReadOnlyList<PublishedResource> Resources,
        IReadOnlyDictionary<string, ImmutableArray<Route>> Routes,
        SitePlaces Sites
    );

    /// <summary>Notes what the environment that is read has.</summary>
    public void Add(
        IEnumerable<PublishedResource> resources,
        IReadOnlyDictionary<string, ImmutableArray<Route>> routes,
        SitePlaces sites
    ) => _known[here] = new Known([.. resources], routes, sites);

    /// <summary>A property of an endpoint of a front end that is files: what browsers call; null where it is none.</summary>
    public Value? OfSite(FargateEnvironmentResource environment, EndpointReference reference, EndpointProperty property)
    {
        if (KnownOf(environment).Sites.Find(reference.Resource) is not { } place)
        {
            return null;
        }

        return EndpointAddress.Of(
            property,
            "https",
            (place.Host ?? (place.Distribution is null ? environment.Ingress.Domain : null)) is { } host
                ? new Text(host)
                : new PublicAddress(environment == here ? null : stacks.NameOf(environment), IsAtEdge: true, place.Distribution),
            443
        );
    }

    /// <summary>A property of an external endpoint, as the internet has it.</summary>
    public Value Of(FargateEnvironmentResource environment, EndpointReference reference, EndpointProperty property)
    {
        var (resources, routes, _) = KnownOf(environment);
        var endpoint = resources
            .FirstOrDefault(resource => resource.Name == reference.Resource.Name)
            ?.Endpoints.FirstOrDefault(endpoint => endpoint.Name.Equals(reference.EndpointName, StringComparison.OrdinalIgnoreCase));
        var rules = routes
            .GetValueOrDefault(reference.Resource.Name, [])
            .Where(route => route.Port.Number == endpoint?.Port.Number)
            .SelectMany(route => route.Rules)
            .ToList();

        // A host says most; then the application's address; a port or a distribution of its own where that is another's.
        var rule = rules.Find(rule => rule.CallableHost is not null)
            ?? rules.Find(rule => rule is { Path: null, Host: null, Port: null, Distribution: null })
            ?? rules.Find(rule => rule.Port is not null || rule.Distribution is not null);
        var ingress = environment.Ingress;
        Value host = (rule?.CallableHost ?? ingress.Domain) is { } name
            ? new Text(name)
            : new PublicAddress(environment == here ? null : stacks.NameOf(environment), ingress.Edge is not null, rule?.Distribution);
        return property is EndpointProperty.TargetPort
            ? EndpointAddress.Number(endpoint?.Port.Number ?? reference.EndpointAnnotation.TargetPort ?? PublishedEndpoint.DotnetPort)
            : EndpointAddress.Of(property, ingress.Scheme, host, rule?.Port ?? ingress.Port);
    }

    private Known KnownOf(FargateEnvironmentResource environment)
    {
        if (!_known.TryGetValue(environment, out var known))
        {
            // What is wrong with another environment is refused where that one is read.
            var refusals = new Refusals();
            List<IComputeResource> all =
            [
                .. model.Resources.OfType<IComputeResource>().Where(resource => resource.GetComputeEnvironment() == environment),
            ];
            List<PublishedResource> resources =
            [
                .. model
                    .GetComputeResources()
                    .OfType<IComputeResource>()
                    .Where(resource => resource.GetComputeEnvironment() == environment && !IsSite(resource))
                    .Select(resource => PublishedResource.Of(resource, ends: false, databases: [], refusals)),
            ];
            var sites = SitePlaces.Of(all.Where(IsSite), resources, environment.Ingress);
            _known[environment] = known = new Known(
                resources,
                new RouteReader(environment.Ingress, sites, refusals).Read(resources.Where(resource => resource.IsConnected)),
                sites
            );
        }

        return known;
    }

    private static bool IsSite(IResource resource) => resource.HasAnnotationOfType<StaticSiteAnnotation>();
}
