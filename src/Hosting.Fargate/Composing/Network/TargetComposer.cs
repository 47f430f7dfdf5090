using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>What leads from the load balancer to a service: target groups, and the name and certificate of a host.</summary>
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

            foreach (var rule in ListenerRules.Compose(application, service, route))
            {
                yield return rule;
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
                                ["ProductionListenerRule"] = Fn.Ref(ListenerRules.Ids(service, route, ingress).First()),
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

    /// <summary>
    /// The service's own id for the first of its external endpoints, however many it has: a rule that were named otherwise once there is a
    /// second one would be another rule, with a priority that the old one has until it is gone.
    /// </summary>
    internal static string Prefix(ServiceSpec service, Route route) =>
        route.Port.Name == service.Routes[0].Port.Name ? service.Id : service.Id + Names.Id(route.Port.Name);

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
}
