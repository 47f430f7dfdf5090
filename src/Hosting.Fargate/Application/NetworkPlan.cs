using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>The network around the tasks.</summary>
internal abstract record NetworkPlan
{
    /// <summary>Whether tasks have a public address.</summary>
    public abstract bool TasksArePublic { get; }

    /// <summary>Whether tasks reach what is outside of AWS.</summary>
    public abstract bool ReachesInternet { get; }
}

/// <summary>A network of the application's own.</summary>
/// <param name="Zones">In how many availability zones: 2 or 3.</param>
/// <param name="Tasks">Where in it the tasks are.</param>
/// <param name="NatGateways">How many NAT gateways the private subnets have.</param>
internal sealed record OwnNetwork(int Zones = 2, TaskPlacement Tasks = TaskPlacement.Public, int NatGateways = 0) : NetworkPlan
{
    /// <summary>How many days flow logs are kept; null for none.</summary>
    public int? FlowLogDays { get; init; }

    public override bool TasksArePublic => Tasks == TaskPlacement.Public;

    public override bool ReachesInternet => Tasks != TaskPlacement.PrivateWithEndpoints;
}

internal enum TaskPlacement
{
    /// <summary>In public subnets, with a public address and a security group that admits the load balancer alone.</summary>
    Public,

    /// <summary>In private subnets behind NAT gateways.</summary>
    PrivateWithNat,

    /// <summary>In private subnets, with an interface endpoint for each AWS service that is called, and no other way out.</summary>
    PrivateWithEndpoints,
}

/// <summary>A network that is there already.</summary>
internal sealed record ExistingNetwork(
    string VpcId,
    string CidrBlock,
    ImmutableArray<string> LoadBalancerSubnets,
    ImmutableArray<string> TaskSubnets,
    bool PublicTasks
) : NetworkPlan
{
    public override bool TasksArePublic => PublicTasks;

    public override bool ReachesInternet => true;
}

/// <summary>How requests reach the load balancer.</summary>
/// <param name="Domain">The name that the application has; null for the load balancer's own.</param>
/// <param name="HostedZoneId">The Route 53 zone in which names and certificates are made.</param>
/// <param name="CertificateArn">A certificate that is there already.</param>
/// <param name="Redirect">Whether plain HTTP is sent on to HTTPS.</param>
/// <param name="AccessLogDays">How many days the load balancer's access logs are kept; null for none.</param>
internal sealed record Ingress(
    string? Domain = null,
    string? HostedZoneId = null,
    string? CertificateArn = null,
    bool Redirect = true,
    int? AccessLogDays = null
)
{
    /// <summary>The longest that a load balancer waits for a byte.</summary>
    public const int MaxIdleSeconds = 4000;

    /// <summary>After how many seconds without a byte the load balancer cuts a connection, where the model says it.</summary>
    public int? IdleSeconds { get; init; }

    /// <summary>The security policy of HTTPS: TLS 1.2 and 1.3, as AWS recommends, unless the model says another.</summary>
    public string TlsPolicy { get; init; } = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    /// <summary>The web ACL of AWS WAF that requests pass; null for none.</summary>
    public string? WebAclArn { get; init; }

    /// <summary>The web ACL that publishing makes; null for none.</summary>
    public ManagedWebAcl? ManagedWebAcl { get; init; }

    /// <summary>Whether the load balancer refuses to be deleted.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>CloudFront before the load balancer; null where browsers come to the load balancer itself.</summary>
    public CloudFrontDistribution? Edge { get; init; }

    /// <summary>Whether the load balancer has a certificate.</summary>
    public bool IsHttps => CertificateArn is not null || HostedZoneId is not null;

    /// <summary>Whether the load balancer serves plain HTTP beside HTTPS. CloudFront comes by one of them alone.</summary>
    public bool ServesBoth => IsHttps && !Redirect && Edge is null;

    /// <summary>What browsers speak.</summary>
    public string Scheme => IsHttps || Edge is not null ? "https" : "http";

    /// <summary>Where browsers call, unless a service has a port of its own.</summary>
    public int Port => Scheme == "https" ? 443 : 80;
}
