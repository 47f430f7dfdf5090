using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Routes that a load balancer cannot have beside each other, and how many it has: 100 rules, 100 target groups, 50 listeners, 25
/// certificates beside the first. Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html.
/// </summary>
internal sealed class RouteConflicts(Ingress ingress, Refusals refusals)
{
    private const int MaxRules = 100;

    private const int MaxListeners = 50;

    private const int MaxCertificates = 25;

    /// <param name="endpoints">How many external endpoints there are.</param>
    /// <param name="rules">The rules of all.</param>
    public void Refuse(int endpoints, List<PlacedRule> rules)
    {
        RefuseSameRoutes(rules);
        RefuseSamePriorities(rules);
        RefuseHidden(rules);
        const string advice =
            "Make those internal that only other services call, or split the model over several Fargate environments "
            + "(WithComputeEnvironment).";
        if (rules.Count > MaxRules || endpoints > MaxRules)
        {
            refusals.Add(
                null,
                $"The model has {rules.Count} routes to {endpoints} external endpoints, and a load balancer takes "
                    + $"{MaxRules} rules and {MaxRules} target groups. {advice}"
            );
        }

        var certificates = ingress.HostedZoneId is null
            ? 0
            : rules.Select(rule => rule.Rule.Host).OfType<string>().Where(host => host != ingress.Domain).Distinct().Count();
        if (certificates > MaxCertificates)
        {
            refusals.Add(
                null,
                $"The load balancer would have {certificates} certificates beside that of '{ingress.Domain}', one for each "
                    + $"host, and it takes {MaxCertificates}. Lead several services by path under one host (service.WithRoute), or use one "
                    + $"certificate for all names (WithCertificate). {advice}"
            );
        }

        var listeners = rules.Select(rule => rule.Rule.Port).OfType<int>().Distinct().Count() + (ingress.IsHttps ? 2 : 1);
        if (listeners > MaxListeners)
        {
            refusals.Add(
                null,
                $"The load balancer would listen on {listeners} ports, since each external endpoint without a route has "
                    + $"one of its own, and it takes {MaxListeners}. Give services a route (service.WithRoute), or the environment a domain "
                    + $"(WithDomain), with which each has a host. {advice}"
            );
        }
    }

    private static int FreePort(int port, List<PlacedRule> rules) =>
        Enumerable
            .Range(port + 1, 65_535 - port)
            .First(free => free is not (80 or 443) && rules.TrueForAll(rule => rule.Rule.Port != free));

    private void RefuseSameRoutes(List<PlacedRule> rules)
    {
        // Paths count letter by letter, upper case and lower case apart; hosts are in lower case here.
        foreach (var group in rules.GroupBy(rule => rule.Rule.ToString(), StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            var names = group.Select(rule => $"'{rule.Service.Name}'").Distinct().ToList();
            var who =
                names.Count > 1
                    ? $"{string.Join(" and ", names)} " + "claim"
                    : $"{string.Join(" and ", group.Select(rule => $"'{rule.Port.Name}'"))} of {names[0]} claim";
            refusals.Add(
                group.First().Service.Name,
                group.First().Rule.Port is { } port
                    ? $"{who} the same port of the load balancer, {port}. Give each its own: service.WithPort({FreePort(port, rules)})."
                    : $"{who} the same route, '{group.Key}'. Give each its own: service.WithRoute(path: …) or (host: …)."
            );
        }
    }

    private void RefuseSamePriorities(List<PlacedRule> rules)
    {
        foreach (
            var group in rules
                .GroupBy(rule => new { rule.Rule.Port, rule.Rule.Priority })
                .Where(group => group.Select(rule => rule.Rule.ToString()).Distinct().Count() > 1)
        )
        {
            var free = Enumerable
                .Range(group.Key.Priority, 50_000 - group.Key.Priority)
                .First(priority => rules.TrueForAll(rule => rule.Rule.Priority != priority));
            refusals.Add(
                group.Last().Service.Name,
                "The routes "
                    + $"{string.Join(" and ", group.Select(rule => $"'{rule.Rule}' of '{rule.Service.Name}'"))} would have the same priority, "
                    + $"{group.Key.Priority}, "
                    + $"which is derived from their text. Give one of them a free one: service.WithRoute(…, priority: {free})."
            );
        }
    }

    /// <summary>A route that says more must go first, or it would never be asked.</summary>
    private void RefuseHidden(List<PlacedRule> rules)
    {
        foreach (var (service, _, rule) in rules)
        {
            var hiding = rules.Find(other =>
                other.Rule.Host == rule.Host
                && other.Rule.Port == rule.Port
                && other.Rule.Distribution == rule.Distribution
                && other.Rule.Priority < rule.Priority
                && IsWider(other.Rule.Path, rule.Path)
            );
            if (hiding is not null)
            {
                refusals.Add(
                    service.Name,
                    $"The route '{rule}' of '{service.Name}' would never be asked: '{hiding.Rule}' of "
                        + $"'{hiding.Service.Name}' takes its requests and has the lower priority, {hiding.Rule.Priority}. "
                        + $"Give the first one a lower one: service.WithRoute(…, priority: {Math.Max(1, hiding.Rule.Priority - 1)})."
                );
            }
        }
    }

    /// <summary>Whether a path with a star at its end takes all that another takes.</summary>
    private static bool IsWider(string? wide, string? narrow) =>
        narrow is not null
        && wide != narrow
        && (
            wide is null
            || (wide.IndexOf('*') == wide.Length - 1 && !wide.Contains('?') && narrow.StartsWith(wide[..^1], StringComparison.Ordinal))
        );
}

/// <summary>A rule and what it leads to.</summary>
internal sealed record PlacedRule(PublishedResource Service, ContainerPort Port, RouteRule Rule);
