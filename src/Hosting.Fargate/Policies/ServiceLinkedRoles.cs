using Hosting.Fargate.Application;

namespace Hosting.Fargate.Policies;

/// <summary>
/// The services whose own roles a model's resources need: in an account that has none yet, the first resource makes it, if who deploys may.
/// Sources:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html,
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-service-linked-roles.html,
/// https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html,
/// https://docs.aws.amazon.com/efs/latest/ug/using-service-linked-roles.html,
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/slr-pullthroughcache.html,
/// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/using-service-linked-roles.html,
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAM.ServiceLinkedRoles.html,
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-service-linked-roles.html.
/// </summary>
internal static class ServiceLinkedRoles
{
    private static readonly Role[] s_services =
    [
        new("ecs-compute.amazonaws.com", ["AWS::ECS::CapacityProvider"]),
        new("ecs.application-autoscaling.amazonaws.com", ["AWS::ApplicationAutoScaling::ScalableTarget"]),
        new("elasticloadbalancing.amazonaws.com", ["AWS::ElasticLoadBalancingV2::LoadBalancer"]),
        new("pullthroughcache.ecr.amazonaws.com", ["AWS::ECR::PullThroughCacheRule"]),
        new("elasticache.amazonaws.com", [Cache.ServerlessType, Cache.NodesType]),
        new("mq.amazonaws.com", [Broker.Type]),
        new("rds.amazonaws.com", ["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"]),
        new("vpcorigin.cloudfront.amazonaws.com", ["AWS::CloudFront::VpcOrigin"]),
        new("elasticfilesystem.amazonaws.com", ["AWS::EFS::FileSystem", "AWS::EFS::MountTarget"]),
    ];

    /// <param name="types">The types of the model's resources.</param>
    /// <returns>What <c>iam:AWSServiceName</c> is of each.</returns>
    public static IEnumerable<string> Of(IEnumerable<string> types)
    {
        var there = types.ToHashSet(StringComparer.Ordinal);
        return ["ecs.amazonaws.com", .. s_services.Where(entry => entry.Types.Any(there.Contains)).Select(entry => entry.Service)];
    }

    /// <summary>A role of AWS's own.</summary>
    /// <param name="Service">What <c>iam:AWSServiceName</c> is of it.</param>
    /// <param name="Types">The types of resources that need it.</param>
    private sealed record Role(string Service, string[] Types);
}
