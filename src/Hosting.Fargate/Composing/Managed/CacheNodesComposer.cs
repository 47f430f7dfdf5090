using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// A cache of nodes of ElastiCache, one of which takes writes, with its subnets: a replication group with cluster mode disabled.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html
/// </summary>
internal static class CacheNodesComposer
{
    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Cache cache, CacheNodes options)
    {
        var subnets = $"{cache.ResourceId}Subnets";
        yield return new(subnets, "AWS::ElastiCache::SubnetGroup")
        {
            Comment = $"{cache.Name}.PublishAsElastiCacheNodes: where its nodes may be",
            Properties = new()
            {
                ["CacheSubnetGroupName"] = cache.NodesName!,
                ["Description"] = $"{cache.Name} of {application.Name}",
                ["SubnetIds"] = application.Network.DataSubnets(),
            },
        };
        yield return new(cache.ResourceId, Cache.NodesType)
        {
            Comment =
                $"{cache.Name}.PublishAsElastiCacheNodes: TLS always, encrypted at rest, reached by those that refer to it, and no cluster",
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Delete",
            Properties = new()
            {
                ["ReplicationGroupId"] = cache.NodesName!,
                ["ReplicationGroupDescription"] = $"{cache.Name} of {application.Name}",
                ["Engine"] = "valkey",
                ["EngineVersion"] = options.EngineVersion,
                ["AutoMinorVersionUpgrade"] = true,
                ["CacheNodeType"] = options.NodeType,
                ["DataTieringEnabled"] = options.HasDisk ? true : null,
                ["ClusterMode"] = "disabled",
                ["NumCacheClusters"] = options.Count,
                ["AutomaticFailoverEnabled"] = options.Replicas > 0,
                ["MultiAZEnabled"] = options.Replicas > 0,
                ["TransitEncryptionEnabled"] = true,
                ["TransitEncryptionMode"] = "required",
                ["AtRestEncryptionEnabled"] = true,
                ["SnapshotRetentionLimit"] = options.SnapshotDays,
                ["PreferredMaintenanceWindow"] = options.Maintenance is var (day, hour) ? WindowOf(day, hour) : null,
                ["UserGroupIds"] = cache.Password is null ? null : new TemplateList([Fn.Ref(CacheComposer.UsersId(cache))]),
                ["SecurityGroupIds"] = new TemplateList([Fn.GetAtt(CacheComposer.SecurityGroupId(cache), "GroupId")]),
                ["CacheSubnetGroupName"] = Fn.Ref(subnets),
            },
        };
    }

    /// <summary>An hour, in UTC: <c>sun:23:00-mon:00:00</c>.</summary>
    private static string WindowOf(DayOfWeek day, int hour)
    {
        var (after, end) = hour == 23 ? ((DayOfWeek)(((int)day + 1) % 7), 0) : (day, hour + 1);
        return $"{Name(day)}:{hour:00}:00-{Name(after)}:{end:00}:00";

        static string Name(DayOfWeek day) => day.ToString()[..3].ToLowerInvariant();
    }
}
