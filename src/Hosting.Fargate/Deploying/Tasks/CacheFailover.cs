using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>
/// A cache of nodes that gets its first replica, or loses its last one, takes two changes of the stack: failover wants a replica, and
/// CloudFormation turns it on before it makes one ("Replication group must have at least one read replica to enable autofailover",
/// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/383). So a replica comes first, and failover goes first.
/// </summary>
internal static class CacheFailover
{
    private const string Failover = "AutomaticFailoverEnabled";

    /// <summary>The names of the caches that take two changes.</summary>
    /// <param name="application">The application.</param>
    /// <param name="live">The template that is deployed; null where there is none.</param>
    /// <param name="wanted">The new template.</param>
    public static IEnumerable<string> Of(FargateApplication application, TemplateMap? live, TemplateMap wanted) =>
        application
            .Caches.Where(cache => Between(live.At("Resources", cache.ResourceId), wanted.At("Resources", cache.ResourceId)) is not null)
            .Select(cache => cache.Name);

    /// <summary>The cache as the first of two changes makes it: with the more nodes of both, and without failover.</summary>
    /// <param name="live">As it is deployed; null where it is not.</param>
    /// <param name="wanted">As it is to be; null where it goes.</param>
    /// <returns>Null where one change will do.</returns>
    public static TemplateMap? Between(TemplateNode? live, TemplateNode? wanted)
    {
        if (
            live is not TemplateMap before
            || wanted is not TemplateMap after
            || before.At("Type").AsText() != Cache.NodesType
            || NodesOf(before) > 1 == NodesOf(after) > 1
        )
        {
            return null;
        }

        var more = NodesOf(after) > 1 ? after : before;
        if (more.At("Properties", Failover).AsBool() != true)
        {
            return null;
        }

        var between = more.Copy();
        var properties = between.Map("Properties").Copy();
        (properties[Failover], properties["MultiAZEnabled"]) = (false, false);
        between["Properties"] = properties;
        return between;
    }

    private static int NodesOf(TemplateMap cache) => cache.At("Properties", "NumCacheClusters").AsInt() ?? 1;
}
