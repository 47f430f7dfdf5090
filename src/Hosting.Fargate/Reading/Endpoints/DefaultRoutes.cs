using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What external endpoints have for which the model says no route. The first in the AppHost has the application's address, before all
/// servers of others, such as a store with a console, unless another has a route to all of it. Each other has a host of its own under the
/// domain where publish makes names (<c>WithDomain</c>), a distribution of its own where CloudFront is before the load balancer, and else a
/// port of its own on the load balancer: the one that the model gives the endpoint, or one made from its name. None of it depends on what
/// else is in the model.
/// </summary>
/// <param name="ingress">The environment's.</param>
/// <param name="isTaken">Whether the application's address is a site's.</param>
internal sealed class DefaultRoutes(Ingress ingress, bool isTaken)
{
    private const int FirstPort = 10_001;

    private const int Ports = 9_999;

    /// <summary>Browsers call none but this one of the range: https://fetch.spec.whatwg.org/#port-blocking.</summary>
    private const int BlockedPort = 10_080;

    /// <summary>Adds the routes.</summary>
    /// <returns>What a reader should know of them.</returns>
    public IEnumerable<Notice> Add(IReadOnlyList<RouteTarget> targets)
    {
        List<Notice> notices = [];
        var holder = targets
            .FirstOrDefault(target => target.Routes.Exists(route => route is { Path: null or "/*", Host: null, Port: null }))
            ?.Service.Name;
        var taken = isTaken || holder is not null;
        var free = targets.Where(target => target.Routes.Count == 0).ToList();
        var first = free.Find(target => !IsOfOthers(target)) ?? free.FirstOrDefault();
        foreach (var target in targets.Where(target => target.Routes.Count == 0))
        {
            if (!taken && target == first)
            {
                holder = target.Service.Name;
                target.Routes.Add(new ServiceRoute("/*", Host: null, target.Port.Name, Priority: null));
                if (targets.Count > 1)
                {
                    notices.Add(
                        new Notice(
                            target.Service.Name,
                            $"has the address of the application{Of(target)}: it is the first "
                                + $"external service of the AppHost without a route{(target == free[0] ? "" : " that is no server of others")}. To give it to another, let that one say so: "
                                + "service.WithRoute(\"/*\")."
                        )
                    );
                }
            }
            else if (ingress.HostedZoneId is not null)
            {
                var host = $"{target.Service.Name}{(target.IsFirst ? "" : $"-{target.Endpoint.Name}")}.{ingress.Domain}".ToLowerInvariant();
                target.Routes.Add(new ServiceRoute(Path: null, host, target.Port.Name, Priority: null) { IsChosen = true });
                notices.Add(
                    new Notice(
                        target.Service.Name,
                        $"has the address https://{host}{Of(target)}, since {Who(target)} has that of the "
                            + "application. For another host or a path: service.WithRoute."
                    )
                );
            }
            else if (ingress is { Edge: not null, IsHttps: false })
            {
                var distribution = $"{target.Service.Name}{(target.IsFirst ? "" : $"-{target.Endpoint.Name}")}".ToLowerInvariant();
                target.Routes.Add(
                    new ServiceRoute(Path: null, Host: null, target.Port.Name, Priority: null)
                    {
                        Distribution = distribution,
                        IsChosen = true,
                    }
                );
                notices.Add(
                    new Notice(
                        target.Service.Name,
                        $"has an address of its own at CloudFront{Of(target)}, since {Who(target)} has that of "
                            + "the application. For a path of that one: service.WithRoute; for a host each: WithDomain."
                    )
                );
            }
            else
            {
                var port = target.Endpoint.Endpoint.Port is { } given and not (80 or 443)
                    ? given
                    : PortOf(target.Service.Name, target.IsFirst ? null : target.Endpoint.Name);
                target.Routes.Add(
                    new ServiceRoute(Path: null, Host: null, target.Port.Name, Priority: null) { Port = port, IsChosen = true }
                );
                var number = port.ToString(CultureInfo.InvariantCulture);
                notices.Add(
                    Notice.Warning(
                        target.Service.Name,
                        $"has port {number} of the load balancer{Of(target)} ({ingress.Scheme}://…:{number})",
                        $", since {Who(target)} has the application's address. For another port: "
                            + "service.WithPort(…); for a path or host: service.WithRoute; for a host each: WithDomain."
                    )
                );
            }
        }

        return notices;

        // The one that comes later in the AppHost may have it.
        string Who(RouteTarget other) =>
            (holder ?? (taken ? null : first?.Service.Name)) is not { } name ? "another"
            : name == other.Service.Name ? "its first endpoint"
            : $"'{name}'";
    }

    /// <summary>A port from 10001 to 20000, from the name alone.</summary>
    internal static int PortOf(string service, string? endpoint)
    {
        var hash = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{service}|{endpoint}".ToLowerInvariant())));
        var port = FirstPort + (int)(hash % Ports);
        return port == BlockedPort ? FirstPort + Ports : port;
    }

    /// <summary>
    /// Whether it is a server as its makers publish it, such as a store or a dashboard, and no program of the model's own.
    /// </summary>
    private static bool IsOfOthers(RouteTarget target) =>
        PublishedResource.ImageOf(target.Service.Resource) is { } image
        && (target.Service.Known is not null || LaptopImages.Find(image) is not null);

    private static string Of(RouteTarget target) => target.IsFirst ? "" : $" for its endpoint '{target.Endpoint.Name}'";
}
