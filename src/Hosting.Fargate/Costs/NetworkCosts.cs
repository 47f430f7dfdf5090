using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>What the load balancer and the ways out of the network cost by the hour.</summary>
internal static class NetworkCosts
{
    public static IEnumerable<CostLine> Of(FargateApplication application, int interfaceEndpoints)
    {
        var (least, most) = TaskRange.WithPublicAddress(application);
        if (most > 0)
        {
            yield return new CostLine("Public addresses of tasks", Month(Prices.PublicAddressHour), least, most);
        }

        if (application.HasLoadBalancer)
        {
            yield return new CostLine("Load balancer", Month(Prices.LoadBalancerHour), 1);
            yield return new CostLine("Load balancer capacity units", Month(Prices.LoadBalancerUnitHour), 1);
            if (!application.HasPrivateEdge)
            {
                yield return new CostLine(
                    "Public addresses of the load balancer, one in each zone",
                    Month(Prices.PublicAddressHour),
                    ZonesOfLoadBalancer(application.Network)
                );
            }
        }

        if (application.Ingress.ManagedWebAcl is { } webAcl)
        {
            yield return new CostLine("Web ACL", Prices.WebAclMonth, 1);
            yield return new CostLine("Groups of rules in the web ACL", Prices.WebAclRuleMonth, webAcl.Groups.Count());
        }

        if (application.Services.Any(service => service.IsInDns))
        {
            yield return new CostLine("Private DNS zone, in which tasks that end find services", Prices.HostedZoneMonth, 1);
        }

        switch (application.Network)
        {
            case OwnNetwork { Tasks: TaskPlacement.PrivateWithNat } own:
                var gateways = Math.Min(own.NatGateways, own.Zones);
                yield return new CostLine("NAT gateways", Month(Prices.NatGatewayHour), gateways);
                yield return new CostLine("Public addresses of NAT gateways", Month(Prices.PublicAddressHour), gateways);
                break;
            case OwnNetwork { Tasks: TaskPlacement.PrivateWithEndpoints } own when interfaceEndpoints > 0:
                yield return new CostLine(
                    $"Interface endpoints: {CostText.Quantity(interfaceEndpoints)} in {CostText.Quantity(own.Zones)} zones",
                    Month(Prices.InterfaceEndpointHour),
                    interfaceEndpoints * own.Zones
                );
                break;
        }
    }

    private static int ZonesOfLoadBalancer(NetworkPlan network) =>
        network switch
        {
            OwnNetwork own => own.Zones,
            ExistingNetwork existing => existing.LoadBalancerSubnets.Length,
            _ => throw new InvalidOperationException($"{network.GetType().Name} is no kind of network."),
        };

    private static decimal Month(decimal hour) => hour * Prices.HoursOfMonth;
}
