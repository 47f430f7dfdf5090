using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>Which changes restart what AWS runs itself, so that it does not answer for a while.</summary>
internal static class Interruptions
{
    /// <summary>
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html ("some interruptions"),
    /// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-instance-type.html and upgrading-brokers.html,
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement-upgrade-considerations.html.
    /// </summary>
    private static readonly Dictionary<string, string[]> s_restarting = new(StringComparer.Ordinal)
    {
        [DatabaseTypes.Cluster] = ["EngineVersion"],
        [DatabaseTypes.Instance] = ["DBInstanceClass", "EngineVersion"],
        [Broker.Type] = ["EngineVersion", "HostInstanceType"],
        [Cache.NodesType] = ["CacheNodeType", "EngineVersion"],
    };

    /// <summary>Whether a change that replaces nothing restarts it.</summary>
    public static bool IsIn(PlannedChange change) =>
        change.Kind is ChangeKind.Update or ChangeKind.MayReplace
        && s_restarting.TryGetValue(change.Type, out var properties)
        && change.Properties.Any(property => properties.Contains(property.Path.Split('/')[0], StringComparer.Ordinal));

    public static string Describe(PlannedChange change) =>
        change.Type == Cache.NodesType
            ? $"{change.Id} is given new nodes: it takes no writes for some seconds, and clients have to connect again."
            : $"{change.Id} is restarted: it does not answer for some minutes, unless it is in several zones.";

    /// <summary>
    /// Whether the user of a broker changes, which CloudFormation cannot do:
    /// https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id-users-username.html.
    /// </summary>
    public static bool IsOfUser(PlannedChange change) =>
        change is { Type: Broker.Type, Kind: ChangeKind.Update }
        && change.Properties.Any(property => property.Path.Split('/')[0] == "Users");

    public static string DescribeUser(PlannedChange change) =>
        $"CAREFUL: the user of {change.Id} changes, and Amazon MQ changes none of a RabbitMQ. Make the new one first, in RabbitMQ's own management.";
}
