using System.Net;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;
using Hosting.Fargate.Application;

namespace Aspire.Hosting;

/// <summary>Where tasks are, and by which name they are called.</summary>
public static partial class FargateEnvironmentBuilderExtensions
{
    /// <summary>
    /// Puts tasks into private subnets, with NAT gateways to reach the internet: about 33 USD a month for each, and 0.045 USD for each GB.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="natGateways">How many: one for all zones is cheap, one for each zone survives the loss of one.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 3.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithPrivateTasks(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int natGateways = 1
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(natGateways, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(natGateways, 3);
        var network = OwnNetworkOf(builder, nameof(WithPrivateTasks));
        return builder.Set(environment =>
            environment.Network = network with { Tasks = TaskPlacement.PrivateWithNat, NatGateways = natGateways }
        );
    }

    /// <summary>
    /// Puts tasks into private subnets with an endpoint for each AWS service that they call, about 7 USD a month in each zone, and no
    /// way to the internet: every image must be in ECR.
    /// </summary>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithVpcEndpoints(this IResourceBuilder<FargateEnvironmentResource> builder)
    {
        var network = OwnNetworkOf(builder, nameof(WithVpcEndpoints));
        return builder.Set(environment =>
            environment.Network = network with { Tasks = TaskPlacement.PrivateWithEndpoints, NatGateways = 0 }
        );
    }

    /// <summary>Says in how many availability zones the network is; 2 unless said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 2 or 3: a load balancer wants two, and a region may have no more than
    /// three.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithZones(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int zones
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(zones, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(zones, 3);
        var network = OwnNetworkOf(builder, nameof(WithZones));
        return builder.Set(environment => environment.Network = network with { Zones = zones });
    }

    /// <summary>Uses a network that exists, in place of making one.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="vpcId">The VPC, <c>vpc-…</c>.</param>
    /// <param name="cidrBlock">Its addresses, such as <c>10.0.0.0/16</c>: where the load balancer may send requests to.</param>
    /// <param name="loadBalancerSubnets">Two or three public subnets in different zones, <c>subnet-…</c>.</param>
    /// <param name="taskSubnets">The subnets of the tasks; those of the load balancer where none are given.</param>
    /// <param name="publicTasks">Whether tasks get a public address: they need one in a subnet without NAT gateway.</param>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithExistingVpc(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string vpcId,
        string cidrBlock,
        IEnumerable<string> loadBalancerSubnets,
        IEnumerable<string>? taskSubnets = null,
        bool publicTasks = false
    )
    {
        ArgumentNullException.ThrowIfNull(loadBalancerSubnets);
        string[] balancer = [.. loadBalancerSubnets];
        string[] tasks = [.. taskSubnets ?? balancer];
        ThrowUnless(VpcId().Takes(vpcId), nameof(vpcId), vpcId, "a VPC, such as vpc-0123456789abcdef0");
        ThrowUnless(IPNetwork.TryParse(cidrBlock, out _), nameof(cidrBlock), cidrBlock, "the addresses of the VPC, such as 10.0.0.0/16");
        foreach (var subnet in balancer.Concat(tasks))
        {
            ThrowUnless(SubnetId().Takes(subnet), nameof(loadBalancerSubnets), subnet, "subnets, such as subnet-0123456789abcdef0");
        }

        ThrowUnless(
            balancer.Distinct().Count() >= 2,
            nameof(loadBalancerSubnets),
            string.Join(", ", balancer),
            "two subnets at least, in different zones"
        );
        ThrowUnless(tasks.Length > 0, nameof(taskSubnets), "none", "one subnet at least");
        if (builder.Resource.Network is OwnNetwork own && own != new OwnNetwork())
        {
            throw new DistributedApplicationException(
                $"'{builder.Resource.Name}' says how a network of its own is to be, and that it uses one that exists. "
                    + $"Leave {nameof(WithExistingVpc)} out, or {nameof(WithPrivateTasks)}, {nameof(WithVpcEndpoints)} and {nameof(WithZones)}."
            );
        }

        return builder.Set(environment =>
            environment.Network = new ExistingNetwork(vpcId, cidrBlock, [.. balancer], [.. tasks], publicTasks)
        );
    }

    /// <summary>
    /// Gives the application a name of its own and HTTPS: a certificate, validated by DNS, and a record in a Route 53 zone that exists.
    /// Hosts of routes get the same.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="domain">The name, such as <c>profiler.example.com</c>.</param>
    /// <param name="hostedZoneId">The zone that the name is in, such as <c>Z0123456789ABCDEFGHIJ</c>.</param>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithDomain(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string domain,
        string hostedZoneId
    )
    {
        ThrowUnless(
            Uri.CheckHostName(domain) == UriHostNameType.Dns && domain.Contains('.'),
            nameof(domain),
            domain,
            "a host name, such as profiler.example.com"
        );
        ThrowUnless(
            HostedZoneId().Takes(hostedZoneId),
            nameof(hostedZoneId),
            hostedZoneId,
            "a Route 53 zone's id, such as Z0123456789ABCDEFGHIJ"
        );
        return builder.Set(environment =>
            environment.Ingress = environment.Ingress with
            {
                Domain = domain.ToLowerInvariant(),
                HostedZoneId = hostedZoneId,
                CertificateArn = null,
            }
        );
    }

    /// <summary>Serves HTTPS with a certificate that exists. The record that leads to the load balancer is yours to make.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="certificateArn">The certificate in ACM, in the region of the load balancer.</param>
    /// <param name="domain">The name that it is for.</param>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithCertificate(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string certificateArn,
        string domain
    )
    {
        ThrowUnless(
            CertificateArn().Takes(certificateArn),
            nameof(certificateArn),
            certificateArn,
            "a certificate in ACM, such as arn:aws:acm:eu-west-1:123456789012:certificate/…"
        );
        ThrowUnless(Uri.CheckHostName(domain) == UriHostNameType.Dns, nameof(domain), domain, "a host name, such as profiler.example.com");
        return builder.Set(environment =>
            environment.Ingress = environment.Ingress with
            {
                Domain = domain.ToLowerInvariant(),
                HostedZoneId = null,
                CertificateArn = certificateArn,
            }
        );
    }

    /// <summary>Leaves plain HTTP as it is beside HTTPS, in place of sending it on.</summary>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithoutHttpsRedirect(
        this IResourceBuilder<FargateEnvironmentResource> builder
    ) => builder.Set(environment => environment.Ingress = environment.Ingress with { Redirect = false });

    /// <summary>Keeps the load balancer's access logs, in a bucket of the foundation.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="days">For how many days.</param>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithAccessLogs(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int days = 90
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        return builder.Set(environment => environment.Ingress = environment.Ingress with { AccessLogDays = days });
    }

    private static OwnNetwork OwnNetworkOf(IResourceBuilder<FargateEnvironmentResource> builder, string method) =>
        builder.Resource.Network as OwnNetwork
        ?? throw new DistributedApplicationException(
            $"'{builder.Resource.Name}' uses a network that exists: {method} is for one of its own. Leave it or {nameof(WithExistingVpc)} out."
        );

    [GeneratedRegex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex VpcId();

    [GeneratedRegex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex SubnetId();

    [GeneratedRegex("^Z[A-Z0-9]{3,32}$")]
    private static partial Regex HostedZoneId();

    [GeneratedRegex("^arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$")]
    private static partial Regex CertificateArn();
}
