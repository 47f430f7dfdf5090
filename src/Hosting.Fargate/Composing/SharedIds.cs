using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The logical ids of what all services share.</summary>
internal static class SharedIds
{
    public const string Vpc = "Vpc";
    public const string InternetRoute = "PublicRoute";
    public const string LoadBalancer = "LoadBalancer";
    public const string LoadBalancerSecurityGroup = "LoadBalancerSecurityGroup";
    public const string Distribution = "Distribution";

    /// <summary>What the ids of subnets begin with that the load balancer has alone, behind CloudFront.</summary>
    public const string EdgeSubnet = "LoadBalancerSubnet";

    public const string HttpListener = "HttpListener";
    public const string HttpsListener = "HttpsListener";
    public const string Cluster = "Cluster";
    public const string CapacityProviders = "ClusterCapacityProviders";
    public const string ManagedInstances = "ManagedInstances";
    public const string Namespace = "Namespace";
    public const string DnsNamespace = "DnsNamespace";

    public static string DataSubnet(string zone) => $"DataSubnet{zone}";

    private static readonly string[] s_zones = ["A", "B", "C"];

    /// <summary>The letters of the zones, as subnets are named by them.</summary>
    public static IEnumerable<string> Zones(OwnNetwork network) => s_zones.Take(network.Zones);
}
