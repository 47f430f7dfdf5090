using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// A cluster of Aurora Serverless v2 with its instances. The data is the cluster's: where that is deleted or replaced, a final snapshot of
/// it stays, and an instance holds nothing.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
/// </summary>
internal static class AuroraComposer
{
    /// <summary>
    /// What its metadata says, and that of a broker, where another major version is agreed to, for which the types have no property.
    /// </summary>
    public const string AllowsMajorUpgrade = "AllowMajorVersionUpgrade";

    /// <summary>
    /// The capacity that Database Insights wants, which would hold it above less:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html.
    /// </summary>
    private const decimal LeastForInsights = 2;

    public static IEnumerable<TemplateResource> Compose(DatabaseServer server, AuroraDatabase options) =>
        server.InstanceIds.Select(id => Instance(server, options, id)).Prepend(Cluster(server, options));

    private static TemplateResource Cluster(DatabaseServer server, AuroraDatabase options)
    {
        // The user and the database are those of a snapshot, and so is its encryption.
        var isNew = options.RestoreFrom is null;
        return new(server.ResourceId, DatabaseTypes.Cluster)
        {
            Comment =
                $"{DatabaseComposer.Said(server)}: encrypted, over TLS, reached by those that refer to it alone; a final snapshot stays where it goes",
            DeletionPolicy = "Snapshot",
            UpdateReplacePolicy = "Snapshot",
            Metadata = Metadata(server, options),
            Properties = new()
            {
                ["Engine"] = server.Engine.Name,
                ["EngineVersion"] = server.Version,
                ["SnapshotIdentifier"] = options.RestoreFrom is { } snapshot ? snapshot : null,
                ["DatabaseName"] = server.InitialDatabase is { } database ? database : null,
                ["MasterUsername"] = isNew ? ValueComposer.Compose(server.UserName) : null,
                ["MasterUserPassword"] = ValueComposer.Compose(new SecretValue(server.Password)),
                ["ServerlessV2ScalingConfiguration"] = new TemplateMap
                {
                    ["MinCapacity"] = (double)options.MinimumCapacity,
                    ["MaxCapacity"] = (double)options.MaximumCapacity,
                    ["SecondsUntilAutoPause"] = options.MinimumCapacity == 0 ? (int)options.PauseAfter.TotalSeconds : null,
                },
                ["StorageEncrypted"] = isNew ? true : null,
                ["BackupRetentionPeriod"] = options.BackupDays,
                ["CopyTagsToSnapshot"] = true,
                ["DeletionProtection"] = options.DeletionProtection,
                ["EnableCloudwatchLogsExports"] = new TemplateList(server.Engine.Logs.Select(log => (TemplateNode)log)),
                ["DBSubnetGroupName"] = Fn.Ref(DatabaseComposer.SubnetGroupId(server)),
                ["DBClusterParameterGroupName"] = Fn.Ref(DatabaseComposer.ParameterGroupId(server)),
                ["VpcSecurityGroupIds"] = new TemplateList([Fn.GetAtt(DatabaseComposer.SecurityGroupId(server), "GroupId")]),
                ["Tags"] = DatabaseComposer.PasswordVersion(server),
            },
        };
    }

    private static TemplateMap Metadata(DatabaseServer server, AuroraDatabase options)
    {
        TemplateMap metadata = [];
        if (options.AllowMajorVersionUpgrade)
        {
            metadata[AllowsMajorUpgrade] = true;
        }

        if (server.Engine.MajorsKnownToLint.IsEmpty)
        {
            metadata.Comment = "Aurora has newer versions of this engine than cfn-lint knows";
            metadata["cfn-lint"] = new TemplateMap { ["config"] = new TemplateMap { ["ignore_checks"] = new TemplateList(["E3690"]) } };
        }

        return metadata;
    }

    private static TemplateResource Instance(DatabaseServer server, AuroraDatabase options, string id) =>
        new(id, DatabaseTypes.Instance)
        {
            Comment = $"{DatabaseComposer.Said(server)}: what computes; {server.ResourceId} has the data",
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Delete",
            Properties = new()
            {
                ["DBClusterIdentifier"] = Fn.Ref(server.ResourceId),
                ["DBInstanceClass"] = server.InstanceClass,
                ["Engine"] = server.Engine.Name,
                ["AutoMinorVersionUpgrade"] = true,
                ["EnablePerformanceInsights"] = options.MinimumCapacity >= LeastForInsights,
                ["PubliclyAccessible"] = false,
            },
        };
}
