using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Which requests of the load balancer go to which service.</summary>
/// <param name="ingress">The environment's.</param>
/// <param name="sites">Where the front ends are that are files.</param>
/// <param name="refusals">Takes what a load balancer cannot have.</param>
internal sealed class RouteReader(Ingress ingress, SitePlaces sites, Refusals refusals)
{
    private const int MaxTargetGroupsOfService = 5;

    /// <summary>
    /// What the name of a certificate has at the most: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html.
    /// </summary>
    private const int MaxCertificateName = 64;

    private const int MaxPriority = 50_000;

    /// <summary>Where the rules for every path begin.</summary>
    private const int FirstOfAll = 49_001;

    private const string All = "/*";

    /// <summary>What a reader should know of routes that publish chose.</summary>
    public List<Notice> Notices { get; } = [];

    /// <summary>The routes of each service with external endpoints, by the name of the resource.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<Route>> Read(IEnumerable<PublishedResource> services)
    {
        List<RouteTarget> targets = [.. services.SelectMany(TargetsOf)];
        Notices.AddRange(new DefaultRoutes(ingress, sites.HaveAddress).Add(targets));
        foreach (var target in targets)
        {
            foreach (var route in target.Routes)
            {
                RefuseMalformed(target.Service, route);
            }
        }

        new RouteConflicts(ingress, refusals).Refuse(
            targets.Count,
            [.. targets.SelectMany(target => RulesOf(target).Select(rule => new PlacedRule(target.Service, target.Port, rule)))]
        );
        EdgeRoutes.Refuse(ingress, targets, refusals);
        NoticePaths(targets);
        return targets
            .GroupBy(target => target.Service.Name)
            .ToDictionary(
                group => group.Key,
                group =>
                    group
                        .Select(target => new Route(target.Port, [.. RulesOf(target)])
                        {
                            IsAtEdge = ingress.Edge is { PublicLoadBalancer: false },
                        })
                        .ToImmutableArray()
            );
    }

    private static IEnumerable<RouteRule> RulesOf(RouteTarget target) =>
        target.Routes.Select(route => RuleOf(route, target.Service.Name)).Distinct();

    /// <summary>What surprises whoever gives a path to an application that does not know of it.</summary>
    private void NoticePaths(IEnumerable<RouteTarget> targets)
    {
        foreach (var target in targets)
        {
            if (
                target
                    .Routes.Select(route => route.Path)
                    .FirstOrDefault(path => path is { Length: > 2 } && path.EndsWith(All, StringComparison.Ordinal)) is
                { } path
            )
            {
                Notices.Add(
                    new Notice(
                        target.Service.Name,
                        $"gets the requests of '{path}' with their whole path: it sees "
                            + $"{path[..^1]}1 and not /1. Where it does not serve them under it (app.UsePathBase(\"{path[..^2]}\")), give it a "
                            + (
                                ingress.Edge is null
                                    ? "host or a port of its own: service.WithRoute(host: …), service.WithPort(…)."
                                    : "host of its own, which takes a domain: service.WithRoute(host: …)."
                            )
                    )
                );
            }
        }
    }

    private IEnumerable<RouteTarget> TargetsOf(PublishedResource service)
    {
        var external = service.Endpoints.Where(endpoint => endpoint.IsExternal).ToList();
        foreach (
            var same in external
                .Where(endpoint => endpoint.Port.Protocol == PortProtocol.Tcp)
                .GroupBy(endpoint => endpoint.Endpoint.UriScheme)
        )
        {
            var names = same.Select(endpoint => $"'{endpoint.Name}'").ToList();
            refusals.Add(
                service.Name,
                $"'{service.Name}' has the external endpoint{(names.Count == 1 ? "" : "s")} {string.Join(", ", names)} with scheme "
                    + $"'{same.Key}', and an Application Load Balancer carries HTTP alone. Make {(names.Count == 1 ? "it" : "them")} internal "
                    + "(leave isExternal out), which other services call by name. What speaks HTTP on it gets the scheme http or https; what speaks "
                    + "anything else to the internet takes a Network Load Balancer, which is not made here: add one by ConfigureTemplate, and "
                    + "name its target group in service.Configure."
            );
        }

        var ports = external
            .Where(endpoint => endpoint.Port.Protocol != PortProtocol.Tcp)
            .DistinctBy(endpoint => endpoint.Port.Number)
            .ToList();
        foreach (var endpoint in ports.Where(endpoint => endpoint.Port.Protocol == PortProtocol.Http2 && ingress.Scheme == "http"))
        {
            refusals.Add(
                service.Name,
                $"'{service.Name}' speaks HTTP/2 on its external endpoint '{endpoint.Name}' (AsHttp2Service), "
                    + $"which a load balancer passes on over HTTPS only. Give the environment a name and certificate (WithDomain or "
                    + "WithCertificate)."
            );
        }

        if (ports.Count > MaxTargetGroupsOfService)
        {
            refusals.Add(
                service.Name,
                $"'{service.Name}' has {ports.Count} external ports, and a service of ECS takes " + $"{MaxTargetGroupsOfService}."
            );
        }

        var routes = service.Service!.Routes;
        foreach (var route in routes)
        {
            if (ports.Count == 0)
            {
                refusals.Add(
                    service.Name,
                    $"'{service.Name}' has {route} and no external HTTP endpoint. Add WithExternalHttpEndpoints(), "
                        + $"or take the route away."
                );
            }
            else if (route.Endpoint is null && ports.Count > 1)
            {
                refusals.Add(
                    service.Name,
                    $"'{service.Name}' has {route} and several external endpoints. Say which it leads to: "
                        + $"{(route.Port is null ? "WithRoute" : "WithPort")}(…, endpoint: \"{ports[0].Name}\")."
                );
            }
            else if (route.Endpoint is not null && !external.Exists(endpoint => Same(endpoint.Name, route.Endpoint)))
            {
                refusals.Add(
                    service.Name,
                    $"'{service.Name}' has {(route.Port is null ? "a route" : "a port")} to the endpoint "
                        + $"'{route.Endpoint}', which is not among its external ones: "
                        + $"{string.Join(", ", external.Select(endpoint => endpoint.Name))}."
                );
            }
        }

        return ports.Select(endpoint => new RouteTarget(
            service,
            endpoint,
            IsFirst: endpoint == ports[0],
            [.. routes.Where(route => LeadsTo(route, endpoint))]
        ));

        bool LeadsTo(ServiceRoute route, PublishedEndpoint endpoint) =>
            route.Endpoint is null
                ? ports.Count == 1
                : external.Find(candidate => Same(candidate.Name, route.Endpoint))?.Port.Number == endpoint.Port.Number;
    }

    private void RefuseMalformed(PublishedResource service, ServiceRoute route)
    {
        if (
            route.Path is { } path
            && (path.Length is 0 or > 128 || path[0] != '/' || path.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '\\' or '{' or '}'))
        )
        {
            refusals.Add(
                service.Name,
                $"'{service.Name}' has the route '{path}', which is no path of a load balancer's rule: it begins "
                    + $"with /, has at most 128 characters, and * and ? stand for others."
            );
        }

        if (
            route.Host is { } host
            && (host.Length > 128 || Uri.CheckHostName(host.Replace('*', 'x')) != UriHostNameType.Dns || !host.Contains('.'))
        )
        {
            refusals.Add(
                service.Name,
                $"'{service.Name}' has the route to the host '{host}', which is no host name, such as " + "api.example.com."
            );
        }

        if (route.Host is { Length: > MaxCertificateName } named && ingress.HostedZoneId is not null)
        {
            refusals.Add(
                service.Name,
                $"'{service.Name}' would have the host '{named}' with {named.Length} characters, and a "
                    + $"certificate for a name takes {MaxCertificateName}. Give it a shorter one: service.WithRoute(host: …)."
            );
        }

        if (route.Priority is < 1 or > MaxPriority)
        {
            refusals.Add(
                service.Name,
                $"'{service.Name}' has a route with the priority {route.Priority}. A load balancer takes 1 to " + "50000."
            );
        }
    }

    private static RouteRule RuleOf(ServiceRoute route, string service)
    {
        var path = route.Path is null or All ? null : route.Path;
        var host = route.Host?.ToLowerInvariant();

        // What goes to a distribution of its own is told by it as by a host, before all paths of the others.
        var told = host ?? route.Distribution;
        return new RouteRule(
            path,
            host,
            route.Priority ?? (path is null && told is null ? PriorityOfAll(service) : PriorityOf(service, path, told))
        )
        {
            Port = route.Port,
            IsChosen = route.IsChosen,
            Distribution = route.Distribution,
        };
    }

    /// <summary>
    /// The priority of the rule for every path, the last: of the service's own name, for CloudFormation makes a new rule before it takes
    /// the old one away, and two cannot have one priority even then. So the application's address may go from one service to another in one
    /// deploy. Source:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html#update-replacement.
    /// </summary>
    internal static int PriorityOfAll(string service) => FirstOfAll + (int)(HashOf(service) % (MaxPriority - FirstOfAll + 1));

    /// <summary>
    /// The priority of a route from its own text: what says more goes first, so that <c>/orders/*</c> wins over <c>/*</c> whoever comes
    /// first in the model. Hosts go before paths alone, more segments before fewer; within such a band the hash of text and service
    /// decides: of the service too, so that a route may go from one to another in one deploy, as the one for every path may. The bands
    /// are as wide as their routes are frequent: of 50 paths of one segment two have the same number in 7 of 100 models, and then one says
    /// its own.
    /// </summary>
    internal static int PriorityOf(string service, string? path, string? host)
    {
        var segments = path?.Split('/', StringSplitOptions.RemoveEmptyEntries).Count(segment => segment != "*") ?? 0;
        var isExact = path is not null && !path.Contains('*') && !path.Contains('?');
        var depth = Math.Min(segments + (isExact ? 1 : 0), 6);
        var (first, width) = (host, path, depth) switch
        {
            // Six segments and more, five, four and three share a band.
            ({ }, { }, >= 3) => (1 + ((6 - depth) * 750), 750),
            ({ }, { }, 2) => (3_001, 3_000),
            ({ }, { }, _) => (6_001, 4_000),
            ({ }, null, _) => (10_001, 8_000),
            (null, _, >= 3) => (18_001 + ((6 - depth) * 1_000), 1_000),
            (null, _, 2) => (22_001, 8_000),
            (null, _, 1) => (30_001, 18_000),
            _ => (48_001, FirstOfAll - 48_001),
        };
        return first + (int)(HashOf($"{host}|{path}|{service}") % width);
    }

    private static uint HashOf(string text) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An external endpoint that requests are to be led to.</summary>
/// <param name="Service">The service.</param>
/// <param name="Endpoint">The endpoint, first of those on its port.</param>
/// <param name="IsFirst">Whether it is the service's first.</param>
/// <param name="Routes">The routes that lead to it.</param>
internal sealed record RouteTarget(PublishedResource Service, PublishedEndpoint Endpoint, bool IsFirst, List<ServiceRoute> Routes)
{
    public ContainerPort Port => Endpoint.Port;
}
