using System.Globalization;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Routes that CloudFront before the load balancer cannot lead to.</summary>
internal static class EdgeRoutes
{
    private const string Instead =
        "Give it a path (service.WithRoute(\"/…/*\")), or the environment a zone (WithDomain), with which each " + "has a host of its own.";

    public static void Refuse(Ingress ingress, IEnumerable<RouteTarget> targets, Refusals refusals)
    {
        foreach (var target in ingress.Edge is null ? [] : targets)
        {
            var name = target.Service.Name;
            if (target.Port.Protocol == PortProtocol.Http2)
            {
                // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
                refusals.Add(
                    name,
                    $"'{name}' speaks HTTP/2 alone on its external endpoint '{target.Endpoint.Name}' (AsHttp2Service), and "
                        + "CloudFront comes to the load balancer by HTTP/1.1, without gRPC (WithCloudFront). Make it internal, have it speak "
                        + "HTTP/1.1 too, or put it into an environment of its own (WithComputeEnvironment)."
                );
            }

            if (target.Routes.Find(route => route.Port is not null) is { } ofPort)
            {
                refusals.Add(
                    name,
                    ofPort.IsChosen
                        ? $"'{name}' has no route for its external endpoint '{target.Endpoint.Name}', another has the application's address, "
                            + $"and CloudFront has no port for it (WithCloudFront). {Instead}"
                        : $"'{name}' has port {ofPort.Port!.Value.ToString(CultureInfo.InvariantCulture)} of the load balancer, and CloudFront "
                            + $"answers on 443 alone (WithCloudFront). {Instead}"
                );
            }

            if (ingress.Domain is null && target.Routes.Find(route => route.Host is not null) is { } ofHost)
            {
                refusals.Add(
                    name,
                    $"'{name}' has the route to the host '{ofHost.Host}', and without a domain CloudFront answers to the "
                        + "name alone that AWS gives it (WithCloudFront). Give the environment a domain (WithDomain or WithCertificate), or the "
                        + "service a path: service.WithRoute(\"/…/*\")."
                );
            }
        }
    }
}
