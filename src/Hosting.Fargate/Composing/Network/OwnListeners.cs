using System.Globalization;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Ports of the load balancer that belong to one service: a listener each, and the way in. Both are named after the port, so that it may go
/// from one service to another in one deploy: CloudFormation makes what is new before it takes away what is old, and a port has one
/// listener.
/// </summary>
internal static class OwnListeners
{
    public static string Id(RouteRule rule) => $"Listener{Number(rule)}";

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, ServiceSpec service, Route route)
    {
        foreach (var rule in route.Rules.Where(rule => rule.Port is not null))
        {
            var port = rule.Port!.Value;
            yield return LoadBalancerComposer.Listener(
                Id(rule),
                port,
                application.Ingress,
                $"{service.Name}: port {Number(rule)} of the load balancer is its own"
            );
            yield return new($"ListenerIngress{Number(rule)}", "AWS::EC2::SecurityGroupIngress")
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

    private static string Number(RouteRule rule) => rule.Port!.Value.ToString(CultureInfo.InvariantCulture);
}
