using System.Security.Cryptography;
using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The rules by which a listener finds the service that a request is for.</summary>
internal static class ListenerRules
{
    public static IEnumerable<TemplateResource> Compose(FargateApplication application, ServiceSpec service, Route route) =>
        Placed(service, route, application.Ingress)
            .Select(placed =>
                Rule(
                    application,
                    service,
                    route,
                    placed.Rule,
                    placed.Listener,
                    Id(service, route, placed.Rule, placed.Listener, application.Ingress)
                )
            );

    public static IEnumerable<string> Ids(ServiceSpec service, Ingress ingress) =>
        service.Routes.SelectMany(route => Ids(service, route, ingress));

    public static IEnumerable<string> Ids(ServiceSpec service, Route route, Ingress ingress) =>
        Placed(service, route, ingress).Select(placed => Id(service, route, placed.Rule, placed.Listener, ingress));

    /// <summary>The paths of a rule: <c>/orders/*</c> alone would not take <c>/orders</c>.</summary>
    public static string[] Patterns(RouteRule rule) =>
        rule.Path is { Length: > 2 } path && path.EndsWith("/*", StringComparison.Ordinal) ? [path[..^2], path] : [rule.Path ?? "/*"];

    /// <summary>Each rule on each listener that it is for.</summary>
    private static IEnumerable<RuleOnListener> Placed(ServiceSpec service, Route route, Ingress ingress) =>
        [
            .. from listener in Listeners(ingress)
            from rule in route.Rules
            where rule.Port is null
            select new RuleOnListener(rule, listener),
            .. from rule in route.Rules where rule.Port is not null select new RuleOnListener(rule, OwnListeners.Id(rule)),
        ];

    /// <summary>Rules are on the listener that serves: on both where plain HTTP is not sent on to HTTPS.</summary>
    private static IEnumerable<string> Listeners(Ingress ingress) =>
        ingress switch
        {
            { IsHttps: false } => [SharedIds.HttpListener],
            { ServesBoth: false } => [SharedIds.HttpsListener],
            _ => [SharedIds.HttpsListener, SharedIds.HttpListener],
        };

    /// <summary>
    /// Of what the rule says, and not of its place: CloudFormation changes rules one after the other, and a priority that goes from one to
    /// another is in use for a while. The rule for every path has no more to say.
    /// </summary>
    private static string Id(ServiceSpec service, Route route, RouteRule rule, string listener, Ingress ingress) =>
        $"{TargetComposer.Prefix(service, route)}{(ingress.IsHttps && listener == SharedIds.HttpListener ? "Http" : "")}ListenerRule"
        + rule switch
        {
            { Port: { } port } => $"{port}",
            { Path: null, Host: null } => "",
            _ => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule.Host}|{rule.Path}")).AsSpan(0, 3)),
        };

    private static string ReasonOf(FargateApplication application, RouteRule rule) =>
        rule switch
        {
            { Port: not null } => "every path, on a port of its own",
            { Distribution: not null } => "every path, by a distribution of its own",
            { IsChosen: true } => $"{rule}, a host of its own",
            { Path: null, Host: null } when application.Services.Sum(service => service.Routes.Length) == 1 =>
                "every path, since it is the one external service",
            { Path: null, Host: null } => "every path that no other rule takes",
            _ => $"WithRoute({rule})",
        };

    private static TemplateResource Rule(
        FargateApplication application,
        ServiceSpec service,
        Route route,
        RouteRule rule,
        string listener,
        string id
    )
    {
        var forward = new TemplateMap { ["Type"] = "forward", ["TargetGroupArn"] = Fn.Ref(TargetComposer.TargetGroupId(service, route)) };
        var shift = new TemplateMap
        {
            ["Type"] = "forward",
            ["ForwardConfig"] = new TemplateMap
            {
                ["TargetGroups"] = new TemplateList([
                    new TemplateMap { ["TargetGroupArn"] = Fn.Ref(TargetComposer.TargetGroupId(service, route)), ["Weight"] = 1 },
                    new TemplateMap { ["TargetGroupArn"] = Fn.Ref(TargetComposer.GreenTargetGroupId(service, route)), ["Weight"] = 0 },
                ]),
            },
        };
        return new(id, "AWS::ElasticLoadBalancingV2::ListenerRule")
        {
            Comment =
                $"{service.Name}: {ReasonOf(application, rule)}; the priority is the route's own"
                + (
                    service.Deployment is TrafficShiftDeployment
                        ? ". ECS changes the weights as it deploys: what is here is where it began"
                        : ""
                ),
            Properties = new()
            {
                ["ListenerArn"] = Fn.Ref(listener),
                ["Priority"] = rule.Priority,
                ["Conditions"] = new TemplateList(Conditions(application, rule)),
                ["Actions"] = new TemplateList([service.Deployment is TrafficShiftDeployment ? shift : forward]),
            },
        };
    }

    private static IEnumerable<TemplateNode> Conditions(FargateApplication application, RouteRule rule)
    {
        if (rule.Host is { } host)
        {
            yield return new TemplateMap
            {
                ["Field"] = "host-header",
                ["HostHeaderConfig"] = new TemplateMap { ["Values"] = new TemplateList([host]) },
            };
        }

        if (application.OriginKey is { } key)
        {
            yield return new TemplateMap
            {
                Comment = "CloudFront of this application, and nobody else who has its addresses",
                ["Field"] = "http-header",
                ["HttpHeaderConfig"] = new TemplateMap
                {
                    ["HttpHeaderName"] = EdgeComposer.KeyHeader,
                    ["Values"] = new TemplateList([ValueComposer.Compose(new SecretValue(key))]),
                },
            };
        }

        if (rule.Distribution is { } distribution)
        {
            yield return new TemplateMap
            {
                ["Field"] = "http-header",
                ["HttpHeaderConfig"] = new TemplateMap
                {
                    ["HttpHeaderName"] = EdgeComposer.DistributionHeader,
                    ["Values"] = new TemplateList([distribution]),
                },
            };
        }
        else if (rule.Path is not null || rule.Host is null)
        {
            var paths = Patterns(rule);
            yield return new TemplateMap
            {
                ["Field"] = "path-pattern",
                ["PathPatternConfig"] = new TemplateMap { ["Values"] = new TemplateList(paths.Select(value => (TemplateNode)value)) },
            };
        }
    }

    private sealed record RuleOnListener(RouteRule Rule, string Listener);
}
