using Amazon;

namespace Hosting.Fargate;

/// <summary>The partitions of AWS, as the SDK knows them.</summary>
internal static class AwsPartition
{
    /// <summary>What the addresses of a region's services end in: <c>amazonaws.com</c> in most.</summary>
    public static string DomainOf(string region) => RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
}
