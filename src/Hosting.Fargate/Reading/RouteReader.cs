using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Which requests of the load balancer go to which service.</summary>
internal sealed class RouteReader(Ingress ingress, Refusals refusals)
{
    /// <summary>An Application Load Balancer has 100 rules a listener and 100 target groups: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html.</summary>
    private const int MaxRules = 100;

    private const int MaxTargetGroupsOfService = 5;

    private const string All = "/*";

    /// <summary>The routes of each service with external endpoints, by the name of the resource.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<Route>> Read(IEnumerable<PublishedResource> services)
    {
        List<(PublishedResource Service, ContainerPort Port, List<ServiceRoute> Routes)> targets = [];
        foreach (var service in services)
        {
            targets.AddRange(TargetsOf(service));
        }

        foreach (var (service, port, routes) in targets.Where(target => target.Routes.Count == 0).ToList())
        {
            if (targets.Count > 1)
            {
                refusals.Add(service.Name, $"'{service.Name}' has the external endpoint '{port.Name}' and no route, and it is not the only one: "
                    + $"the load balancer could not tell its requests from those of {string.Join(", ", targets.Where(t => t.Service != service || t.Port != port).Select(t => $"'{t.Service.Name}'").Distinct().Take(3))}. "
                    + $"Say which are its own: .PublishAsFargateService(service => service.WithRoute(path: \"/{service.Name}/*\")), or by host.");
            }
            else
            {
                routes.Add(new ServiceRoute(All, null, port.Name, null));
            }
        }

        var rules = targets.SelectMany(target => target.Routes.Select(RuleOf).Distinct().Select(rule => (target.Service, target.Port, Rule: rule))).ToList();
        RefuseSameRoutes(rules);
        RefuseSamePriorities(rules);
        RefuseHidden(rules);
        if (rules.Count > MaxRules || targets.Count > MaxRules)
        {
            refusals.Add(null, $"The model has {rules.Count} routes to {targets.Count} external endpoints, and a load balancer takes {MaxRules} rules and {MaxRules} target groups. "
                + "Make those internal that only other services call, or split the model over several Fargate environments (WithComputeEnvironment).");
        }

        return targets
            .GroupBy(target => target.Service.Name)
            .ToDictionary(group => group.Key, group => group.Select(target => new Route(target.Port, [.. target.Routes.Select(RuleOf).Distinct()])).ToImmutableArray());
    }

    private IEnumerable<(PublishedResource, ContainerPort, List<ServiceRoute>)> TargetsOf(PublishedResource service)
    {
        var external = service.Endpoints.Where(endpoint => endpoint.Endpoint.IsExternal).ToList();
        foreach (var endpoint in external.Where(endpoint => endpoint.Port.Protocol == PortProtocol.Tcp))
        {
            refusals.Add(service.Name, $"'{service.Name}' has the external endpoint '{endpoint.Name}' with scheme '{endpoint.Endpoint.UriScheme}', and the load balancer carries HTTP alone. "
                + "Make it internal (leave isExternal out), or give it the scheme http or https.");
        }

        var ports = external.Where(endpoint => endpoint.Port.Protocol != PortProtocol.Tcp).DistinctBy(endpoint => endpoint.Port.Number).ToList();
        foreach (var endpoint in ports.Where(endpoint => endpoint.Port.Protocol == PortProtocol.Http2 && !ingress.IsHttps))
        {
            refusals.Add(service.Name, $"'{service.Name}' speaks HTTP/2 on its external endpoint '{endpoint.Name}' (AsHttp2Service), which a load balancer passes on "
                + "over HTTPS only. Give the environment a name and certificate (WithDomain or WithCertificate).");
        }

        if (ports.Count > MaxTargetGroupsOfService)
        {
            refusals.Add(service.Name, $"'{service.Name}' has {ports.Count} external ports, and a service of ECS takes {MaxTargetGroupsOfService}.");
        }

        var routes = service.Service!.Routes;
        foreach (var route in routes)
        {
            if (ports.Count == 0)
            {
                refusals.Add(service.Name, $"'{service.Name}' has the route '{route.Host}{route.Path}' and no external HTTP endpoint. Add WithExternalHttpEndpoints(), or take the route away.");
            }
            else if (route.Endpoint is null && ports.Count > 1)
            {
                refusals.Add(service.Name, $"'{service.Name}' has the route '{route.Host}{route.Path}' and several external endpoints. Say which it leads to: WithRoute(…, endpoint: \"{ports[0].Name}\").");
            }
            else if (route.Endpoint is not null && !external.Exists(endpoint => Same(endpoint.Name, route.Endpoint)))
            {
                refusals.Add(service.Name, $"'{service.Name}' has a route to the endpoint '{route.Endpoint}', which is not among its external ones: {string.Join(", ", external.Select(endpoint => endpoint.Name))}.");
            }

            RefuseMalformed(service, route);
        }

        return ports.Select(endpoint => (service, endpoint.Port, routes.Where(route => LeadsTo(route, endpoint)).ToList()));

        bool LeadsTo(ServiceRoute route, PublishedEndpoint endpoint) => route.Endpoint is null ? ports.Count == 1
            : external.Find(candidate => Same(candidate.Name, route.Endpoint))?.Port.Number == endpoint.Port.Number;
    }

    private void RefuseMalformed(PublishedResource service, ServiceRoute route)
    {
        if (route.Path is { } path && (path.Length is 0 or > 128 || path[0] != '/' || path.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '\\' or '{' or '}')))
        {
            refusals.Add(service.Name, $"'{service.Name}' has the route '{path}', which is no path of a load balancer's rule: it begins with /, has at most 128 characters, and * and ? stand for others.");
        }

        if (route.Host is { } host && (host.Length > 128 || Uri.CheckHostName(host.Replace('*', 'x')) != UriHostNameType.Dns || !host.Contains('.')))
        {
            refusals.Add(service.Name, $"'{service.Name}' has the route to the host '{host}', which is no host name, such as api.example.com.");
        }

        if (route.Priority is < 1 or > 50_000)
        {
            refusals.Add(service.Name, $"'{service.Name}' has a route with the priority {route.Priority}. A load balancer takes 1 to 50000.");
        }
    }

    private void RefuseSameRoutes(List<(PublishedResource Service, ContainerPort Port, RouteRule Rule)> rules)
    {
        // Paths count letter by letter, upper case and lower case apart; hosts are in lower case here.
        foreach (var group in rules.GroupBy(rule => rule.Rule.ToString(), StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            var names = group.Select(rule => $"'{rule.Service.Name}'").Distinct().ToList();
            var who = names.Count > 1 ? $"{string.Join(" and ", names)} claim" : $"{string.Join(" and ", group.Select(rule => $"'{rule.Port.Name}'"))} of {names[0]} claim";
            refusals.Add(group.First().Service.Name, $"{who} the same route, '{group.Key}'. Give each its own: service.WithRoute(path: …) or (host: …).");
        }
    }

    private void RefuseSamePriorities(List<(PublishedResource Service, ContainerPort Port, RouteRule Rule)> rules)
    {
        foreach (var group in rules.GroupBy(rule => rule.Rule.Priority).Where(group => group.Select(rule => rule.Rule.ToString()).Distinct().Count() > 1))
        {
            var free = Enumerable.Range(group.Key, 50_000 - group.Key).First(priority => rules.TrueForAll(rule => rule.Rule.Priority != priority));
            refusals.Add(group.Last().Service.Name, $"The routes {string.Join(" and ", group.Select(rule => $"'{rule.Rule}' of '{rule.Service.Name}'"))} would have the same priority, {group.Key}, "
                + $"which is derived from their text. Give one of them a free one: service.WithRoute(…, priority: {free}).");
        }
    }

    /// <summary>A route that says more must go first, or it would never be asked.</summary>
    private void RefuseHidden(List<(PublishedResource Service, ContainerPort Port, RouteRule Rule)> rules)
    {
        foreach (var (service, _, rule) in rules)
        {
            var hiding = rules.Find(other => other.Rule.Host == rule.Host && other.Rule.Priority < rule.Priority && IsWider(other.Rule.Path, rule.Path));
            if (hiding.Rule is not null)
            {
                refusals.Add(service.Name, $"The route '{rule}' of '{service.Name}' would never be asked: '{hiding.Rule}' of '{hiding.Service.Name}' takes its requests and has the lower priority, {hiding.Rule.Priority}. "
                    + $"Give the first one a lower one: service.WithRoute(…, priority: {Math.Max(1, hiding.Rule.Priority - 1)}).");
            }
        }
    }

    /// <summary>Whether a path with a star at its end takes all that another takes.</summary>
    private static bool IsWider(string? wide, string? narrow) => narrow is not null && wide != narrow
        && (wide is null || (wide.IndexOf('*') == wide.Length - 1 && !wide.Contains('?') && narrow.StartsWith(wide[..^1], StringComparison.Ordinal)));

    private static RouteRule RuleOf(ServiceRoute route)
    {
        var path = route.Path is null or All ? null : route.Path;
        return new RouteRule(path, route.Host?.ToLowerInvariant(), route.Priority ?? PriorityOf(path, route.Host?.ToLowerInvariant()));
    }

    /// <summary>
    /// The priority of a route from its own text: what says more goes first, so that <c>/orders/*</c> wins over <c>/*</c> whoever comes first
    /// in the model. Hosts go before paths alone, more segments before fewer; within such a band the text's hash decides. The bands are as
    /// wide as their routes are frequent: of 50 paths of one segment two have the same number in 7 of 100 models, and then one says its own.
    /// </summary>
    internal static int PriorityOf(string? path, string? host)
    {
        if (path is null && host is null)
        {
            return 50_000;
        }

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
            _ => (48_001, 1_999),
        };
        var hash = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}|{path}")));
        return first + (int)(hash % (uint)width);
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
