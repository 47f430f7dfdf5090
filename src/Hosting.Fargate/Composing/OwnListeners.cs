using System.Globalization;
using Hosting.Fargate.Application;
using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Composing;

/// <summary>Ports of the load balancer that belong to one service: a listener each, and the way in.</summary>
internal static class OwnListeners
{
    public static string Id(Service service, Route route, RouteRule rule) => $"{TargetComposer.Prefix(service, route)}Listener{Number(route, rule)}";

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Service service, Route route)
    {
        foreach (var rule in route.Rules.Where(rule => rule.Port is not null))
        {
            var port = rule.Port!.Value;
            yield return LoadBalancerComposer.Listener(Id(service, route, rule), port, application.Ingress, $"{service.Name}: port "
                + $"{port.ToString(CultureInfo.InvariantCulture)} of the load balancer is its own");
            yield return new($"{TargetComposer.Prefix(service, route)}ListenerIngress{Number(route, rule)}", "AWS::EC2::SecurityGroupIngress")
            {
                Comment = $"{service.Name}.WithExternalHttpEndpoints(): who may call its port of the load balancer",
                Properties = new()
                {
                    ["GroupId"] = Fn.GetAtt(SharedIds.LoadBalancerSecurityGroup, "GroupId"),
                    ["IpProtocol"] = "tcp",
                    ["FromPort"] = port,
                    ["ToPort"] = port,
                    ["CidrIp"] = "0.0.0.0/0",
                    ["Description"] = $"{service.Name} from everywhere",
                },
            };
        }
    }

    private static string Number(Route route, RouteRule rule) =>
        route.Rules.Where(other => other.Port is not null).ToList().IndexOf(rule) is > 0 and var index ? (index + 1).ToString(CultureInfo.InvariantCulture) : "";
}
