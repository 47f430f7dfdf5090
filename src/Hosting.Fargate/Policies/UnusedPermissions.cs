using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Policies;

/// <summary>
/// What handlers may call and no policy allows: a handler's list is for every feature of its type. What only reads is allowed, for a
/// handler reads back all there is.
/// </summary>
internal static class UnusedPermissions
{
    private static readonly Unused[] s_reasons =
    [
        Of("acm-pca:.*", "certificates are ACM's own"),
        Of(
            "amplify:.*|apigateway:.*|apprunner:.*|appsync:.*|bedrock-agentcore:.*|cognito-idp:.*|ec2:.*VerifiedAccess.*",
            "a web ACL, and a rule, is for the load balancer alone"
        ),
        Of("wafv2:(Get|Put)PermissionPolicy", "the web ACL is this account's"),
        Of("cloudfront:.*(ConnectionGroup|StagingConfig)", "a distribution has neither tenants nor a staging one"),
        Of("sts:AssumeRole", "the role is CloudFront's own"),
        Of("s3tables:.*|s3:.*Metadata.*Table.*", "no bucket has tables"),
        Of("lambda:.*ProvisionedConcurrencyConfig", "what scales are services of ECS"),
        Of("firehose:.*|logs:.*(DataProtection|IndexPolic|KmsKey|BearerToken|DeletionProtection).*", "log groups are plain"),
        Of("logs:(Put|Delete)ResourcePolicy", "log groups have no policy"),
        Of("vpce:.*|vpc-lattice:.*", "endpoints are for services of AWS, in one region"),
        Of("autoscaling:.*", "instances are those of ECS Managed Instances"),
        Of("kms:.*", "keys are AWS's own, whose policies allow their use by way of the service"),
        Of("ec2:(AcceptAddressTransfer|AssociateAddress|DisassociateAddress)", "an address is a NAT gateway's, which takes it itself"),
        Of(
            "ec2:(Assign|Unassign)PrivateNatGatewayAddress|ec2:(Associate|Disassociate)NatGatewayAddress",
            "a NAT gateway has one public address"
        ),
        Of(
            "ec2:(Attach|Detach)VpnGateway|ec2:CreateVpcEncryptionControl|ec2:ModifyVpcTenancy|ec2:(Associate|Disassociate)SubnetCidrBlock",
            "the network has none of it"
        ),
        Of(
            "dynamodb:((Associate|Create)TableReplica|(Batch)?(Get|Write|Put|Update|Delete)Item|Query|Scan|(Put|Delete)ResourcePolicy|(Disable|Enable|Update)KinesisStreamingDestination|ImportTable|DescribeImport|UpdateContributorInsights)|kinesis:.*|logs:(CreateLogStream|PutLogEvents)|s3:GetObjectMetadata",
            "tables are in one region and begin empty, without streams, policies and insights"
        ),
        Of("ecr:(Set|Delete)RepositoryPolicy|ecr:PutLifecyclePolicy", "repositories have no policy"),
        Of("ecs:PutAccountSetting.*", "settings of the account are not an application's"),
        Of(
            "elasticfilesystem:.*Replication.*|elasticfilesystem:UpdateFileSystemProtection|elasticfilesystem:DeleteTags",
            "file systems are in one region"
        ),
        Of(
            "elasticache:(CreateSnapshot|ModifyReplicationGroupShardConfiguration)|logs:UpdateLogDelivery",
            "a cache has one shard, sends no logs and leaves no snapshot behind"
        ),
        Of("elasticloadbalancing:(ModifyCapacityReservation|ModifyIpPools|SetIpAddressType)", "the load balancer has none of it"),
        Of("elasticloadbalancing:(Register|Deregister)Targets", "ECS registers tasks, by its own role"),
        Of("iam:DeleteRolePermissionsBoundary", "a boundary is not taken off by whom it limits"),
        Of(
            "iam:ListRoles|rds:(AddRole|RemoveRole|PromoteReadReplica).*|rds:.*(PointInTime|BackupsReplication).*",
            "databases have no roles and no copies in other regions, and a replica stays one"
        ),
        Of(
            "rds:(Enable|Disable)HttpEndpoint|rds:RemoveFromGlobalCluster",
            "a cluster has neither the Data API nor others in other regions"
        ),
        Of(
            "s3:(Put|Delete)(Accelerate|Analytics|Bucket(Abac|Acl|Analytics|CORS|Cors|Metrics|Notification|ObjectLock|Replication|Website)|IntelligentTiering|Inventory|Metrics|Object(Acl|Lock)|Replication).*",
            "buckets have none of it"
        ),
        Of(
            "s3:DeleteBucket(Encryption|Lifecycle|Tagging)|vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation|cloudfront:CreateDistributionWithTags",
            "AWS authorizes it as another action"
        ),
        Of(
            "secretsmanager:(GetRandomPassword|ReplicateSecretToRegions|RemoveRegionsFromReplication)",
            "deploy puts the values of secrets, in one region"
        ),
        Of("cloudformation:(SetStackPolicy|UpdateTerminationProtection)", "nested stacks have neither"),
    ];

    /// <summary>What only some applications need, and why the others do not.</summary>
    private static readonly Dictionary<string, (Func<FargateApplication, bool> IsUsed, string Reason)> s_conditional = new(
        StringComparer.Ordinal
    )
    {
        ["rds:CreateDBInstanceReadReplica"] = (
            application => application.Databases.Any(server => server.Aurora is null && server.Replicas.Length > 0),
            "no database has replicas"
        ),
        ["elasticache:ModifyReplicationGroup"] = (
            application => application.Caches.Any(cache => cache.Nodes is not null),
            "caches are serverless"
        ),
    };

    /// <summary>Why no policy allows an action that handlers have; null for one that policies allow.</summary>
    /// <param name="action">The action.</param>
    /// <param name="application">Of which application; null for any.</param>
    public static string? ReasonOf(string action, FargateApplication? application = null) =>
        application is not null && s_conditional.TryGetValue(action, out var condition) && !condition.IsUsed(application)
            ? condition.Reason
            : s_reasons.FirstOrDefault(entry => entry.Actions.IsMatch(action))?.Reason;

    private static Unused Of(string pattern, string reason) => new(new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant), reason);

    private sealed record Unused(Regex Actions, string Reason);
}
