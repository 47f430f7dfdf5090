namespace Hosting.Fargate.Application;

/// <summary>
/// What the name of a type of cache nodes says: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html.
/// </summary>
internal static class NodeTypes
{
    /// <summary>Whether a type has two processors at the most; those above <c>large</c> have four and more.</summary>
    public static bool HasTwoProcessors(string type) => !type.EndsWith("xlarge", StringComparison.Ordinal);
}
