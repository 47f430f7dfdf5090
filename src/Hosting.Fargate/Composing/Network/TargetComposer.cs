using System.Security.Cryptography;
using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>What leads from the load balancer to a service: target groups and rules, and the name and certificate of a host.</summary>
internal static class TargetComposer
{
    /// <summary>
    /// Another one behind CloudFront, whose load balancer is internal and so another one too: a target group is one load balancer's, even
    /// while the one takes the other's place.
    /// </summary>
    public static string TargetGroupId(ServiceSpec service, Route route) =>
        $"{Prefix(service, route)}{(route.IsAtEdge ? "Edge" : "")}TargetGroup";

    /// <summary>The second group of a service that shifts traffic.</summary>
    public static string GreenTargetGroupId(ServiceSpec service, Route route) =>
        $"{Prefix(service, route)}{(route.IsAtEdge ? "Edge" : "")}GreenTargetGroup";

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, ServiceSpec service)
    {
        var shifts = service.Deployment is TrafficShiftDeployment;
        foreach (var route in service.Routes)
        {
            yield return TargetGroup(application, service, route, TargetGroupId(service, route));
            if (shifts)
            {
                yield return TargetGroup(application, service, route, GreenTargetGroupId(service, route));
                yield return IdentityComposer.Role(
                    application,
                    $"{service.Id}TrafficRole",
                    $"what ECS may do to shift the traffic of {service.Name}",
                    "ecs.amazonaws.com",
                    "AmazonECSInfrastructureRolePolicyForLoadBalancers"
                );
            }

            foreach (var own in OwnListeners.Compose(application, service, route))
            {
                yield return own;
            }

            foreach (var (rule, listener) in Placed(service, route, application.Ingress))
            {
                yield return Rule(application, service, route, rule, listener, RuleId(service, route, rule, listener, application.Ingress));
            }
        }

        foreach (var (index, host) in OwnHosts(application, service).Index())
        {
            var number = index == 0 ? "" : $"{index + 1}";
            yield return LoadBalancerComposer.Certificate(
                $"{service.Id}Certificate{number}",
                host,
                application.Ingress,
                ReasonOf(service, host)
            );
            yield return new($"{service.Id}ListenerCertificate{number}", "AWS::ElasticLoadBalancingV2::ListenerCertificate")
            {
                Comment = $"{service.Name}: the listener has the certificate",
                Properties = new()
                {
                    ["ListenerArn"] = Fn.Ref(SharedIds.HttpsListener),
                    ["Certificates"] = new TemplateList([
                        new TemplateMap { ["CertificateArn"] = Fn.Ref($"{service.Id}Certificate{number}") },
                    ]),
                },
            };
            foreach (var record in LoadBalancerComposer.AliasRecords($"{service.Id}Record{number}", host, application, service.Name))
            {
                yield return record;
            }
        }
    }

    public static IEnumerable<string> RuleIds(FargateApplication application, ServiceSpec service) =>
        from route in service.Routes
        from placed in Placed(service, route, application.Ingress)
        select RuleId(service, route, placed.Rule, placed.Listener, application.Ingress);

    /// <summary>Each rule on each listener that it is for.</summary>
    private static IEnumerable<(RouteRule Rule, string Listener)> Placed(ServiceSpec service, Route route, Ingress ingress) =>
        [
            .. from listener in Listeners(ingress) from rule in route.Rules where rule.Port is null select (rule, listener),
            .. from rule in route.Rules where rule.Port is not null select (rule, OwnListeners.Id(rule)),
        ];

    public static TemplateList LoadBalancers(ServiceSpec service, Ingress ingress) =>
        new(
            service.Routes.Select(route =>
                (TemplateNode)
                    new TemplateMap
                    {
                        ["ContainerName"] = service.Main.Name,
                        ["ContainerPort"] = route.Port.Number,
                        ["TargetGroupArn"] = Fn.Ref(TargetGroupId(service, route)),
                        ["AdvancedConfiguration"] = service.Deployment is not TrafficShiftDeployment
                            ? null
                            : new TemplateMap
                            {
                                ["AlternateTargetGroupArn"] = Fn.Ref(GreenTargetGroupId(service, route)),
                                ["ProductionListenerRule"] = Fn.Ref(
                                    Placed(service, route, ingress)
                                        .Select(placed => RuleId(service, route, placed.Rule, placed.Listener, ingress))
                                        .First()
                                ),
                                ["RoleArn"] = Fn.GetAtt($"{service.Id}TrafficRole", "Arn"),
                            },
                    }
            )
        );

    private static string ReasonOf(ServiceSpec service, string host) =>
        service.Routes.SelectMany(route => route.Rules).Any(rule => rule.Host == host && rule.IsChosen)
            ? $"{service.Name}: a name of its own under the domain, since another has the domain itself"
            : $"{service.Name}: WithRoute(host: \"{host}\")";

    /// <summary>The hosts of a service's routes that have no certificate and name yet.</summary>
    private static IEnumerable<string> OwnHosts(FargateApplication application, ServiceSpec service) =>
        application.Ingress.HostedZoneId is null
            ? []
            : service
                .Routes.SelectMany(route => route.Rules)
                .Select(rule => rule.Host)
                .OfType<string>()
                .Where(host => host != application.Ingress.Domain)
                .Distinct();

    /// <summary>Rules are on the listener that serves: on both where plain HTTP is not sent on to HTTPS.</summary>
    private static IEnumerable<string> Listeners(Ingress ingress) =>
        ingress switch
        {
            { IsHttps: false } => [SharedIds.HttpListener],
            { ServesBoth: false } => [SharedIds.HttpsListener],
            _ => [SharedIds.HttpsListener, SharedIds.HttpListener],
        };

    /// <summary>
    /// Of what the rule says, and not of its place: CloudFormation changes rules one after the other, and a priority that goes from one to another is in use
    /// for a while. The rule for every path has no more to say.
    /// </summary>
    private static string RuleId(ServiceSpec service, Route route, RouteRule rule, string listener, Ingress ingress) =>
        $"{Prefix(service, route)}{(ingress.IsHttps && listener == SharedIds.HttpListener ? "Http" : "")}ListenerRule"
        + rule switch
        {
            { Port: { } port } => $"{port}",
            { Path: null, Host: null } => "",
            _ => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule.Host}|{rule.Path}")).AsSpan(0, 3)),
        };

    internal static string Prefix(ServiceSpec service, Route route) =>
        service.Routes.Length == 1 ? service.Id : service.Id + Names.Id(route.Port.Name);

    private static TemplateResource TargetGroup(FargateApplication application, ServiceSpec service, Route route, string id)
    {
        var health = service.Health;
        var asked = health.Port ?? route.Port;
        return new(id, "AWS::ElasticLoadBalancingV2::TargetGroup")
        {
            Comment =
                $"{service.Name}.WithExternalHttpEndpoints(): its tasks, as the load balancer sees them"
                + (health.IsOfModel ? $"; WithHttpHealthCheck(\"{health.Path}\")" : "")
                + (service.Deployment is TrafficShiftDeployment ? ". One of two: traffic moves between them" : ""),
            Properties = new()
            {
                ["VpcId"] = application.Network.VpcId(),
                ["TargetType"] = "ip",
                ["Protocol"] = route.Port.IsTls ? "HTTPS" : "HTTP",
                ["ProtocolVersion"] = route.Port.Protocol == PortProtocol.Http2 ? "HTTP2" : null,
                ["Port"] = route.Port.Number,
                ["HealthCheckPath"] = health.Path,
                ["HealthCheckPort"] = asked.Number == route.Port.Number ? null : $"{asked.Number}",

                // HTTP unless said, whatever the target group itself speaks.
                ["HealthCheckProtocol"] = asked.IsTls ? "HTTPS" : null,
                ["HealthCheckIntervalSeconds"] = health.Interval,
                ["HealthCheckTimeoutSeconds"] = health.Timeout,
                ["HealthyThresholdCount"] = health.HealthyThreshold,
                ["UnhealthyThresholdCount"] = health.UnhealthyThreshold,
                ["Matcher"] = new TemplateMap { ["HttpCode"] = health.SuccessCodes },
                ["TargetGroupAttributes"] = new TemplateList([
                    .. Attributes(service).Select(attribute => new TemplateMap { ["Key"] = attribute.Key, ["Value"] = attribute.Value }),
                ]),
            },
        };
    }

    /// <summary>An attribute that is not said keeps the value that it had, so that stickiness is said to be off too.</summary>
    private static IEnumerable<(string Key, string Value)> Attributes(ServiceSpec service)
    {
        yield return ("deregistration_delay.timeout_seconds", $"{service.DeregistrationSeconds}");
        yield return ("stickiness.enabled", service.IsSticky ? "true" : "false");
        if (service.IsSticky)
        {
            yield return ("stickiness.type", "lb_cookie");
            yield return ("stickiness.lb_cookie.duration_seconds", "86400");
        }
    }

    /// <summary>The paths of a rule: <c>/orders/*</c> alone would not take <c>/orders</c>.</summary>
    public static string[] Patterns(RouteRule rule) =>
        rule.Path is { Length: > 2 } path && path.EndsWith("/*", StringComparison.Ordinal) ? [path[..^2], path] : [rule.Path ?? "/*"];

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
        List<TemplateNode> conditions = [];
        if (rule.Host is { } host)
        {
            conditions.Add(
                new TemplateMap
                {
                    ["Field"] = "host-header",
                    ["HostHeaderConfig"] = new TemplateMap { ["Values"] = new TemplateList([host]) },
                }
            );
        }

        if (application.OriginKey is { } key)
        {
            conditions.Add(
                new TemplateMap
                {
                    Comment = "CloudFront of this application, and nobody else who has its addresses",
                    ["Field"] = "http-header",
                    ["HttpHeaderConfig"] = new TemplateMap
                    {
                        ["HttpHeaderName"] = EdgeComposer.KeyHeader,
                        ["Values"] = new TemplateList([ValueComposer.Compose(new SecretValue(key))]),
                    },
                }
            );
        }

        if (rule.Distribution is { } distribution)
        {
            conditions.Add(
                new TemplateMap
                {
                    ["Field"] = "http-header",
                    ["HttpHeaderConfig"] = new TemplateMap
                    {
                        ["HttpHeaderName"] = EdgeComposer.DistributionHeader,
                        ["Values"] = new TemplateList([distribution]),
                    },
                }
            );
        }
        else if (rule.Path is not null || rule.Host is null)
        {
            var paths = Patterns(rule);
            conditions.Add(
                new TemplateMap
                {
                    ["Field"] = "path-pattern",
                    ["PathPatternConfig"] = new TemplateMap { ["Values"] = new TemplateList(paths.Select(value => (TemplateNode)value)) },
                }
            );
        }

        var forward = new TemplateMap { ["Type"] = "forward", ["TargetGroupArn"] = Fn.Ref(TargetGroupId(service, route)) };
        var shift = new TemplateMap
        {
            ["Type"] = "forward",
            ["ForwardConfig"] = new TemplateMap
            {
                ["TargetGroups"] = new TemplateList([
                    new TemplateMap { ["TargetGroupArn"] = Fn.Ref(TargetGroupId(service, route)), ["Weight"] = 1 },
                    new TemplateMap { ["TargetGroupArn"] = Fn.Ref(GreenTargetGroupId(service, route)), ["Weight"] = 0 },
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
                ["Conditions"] = new TemplateList(conditions),
                ["Actions"] = new TemplateList([service.Deployment is TrafficShiftDeployment ? shift : forward]),
            },
        };
    }
}
