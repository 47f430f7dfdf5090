using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// An instance of RDS, or a cluster of Aurora, with what it needs. Where it is deleted or replaced, a final snapshot of it stays. A
/// password that changes reaches it in the same deploy as the services: to CloudFormation a new value is no change, and the tag with its
/// version is one. The instance has no name of its own, for one that has cannot be replaced.
/// </summary>
internal static class DatabaseComposer
{
    public static string SecurityGroupId(DatabaseServer server) => $"{server.ResourceId}SecurityGroup";

    public static TemplateSection Compose(FargateApplication application, DatabaseServer server)
    {
        List<TemplateResource> resources = [SecurityGroup(application, server), SubnetGroup(application, server)];
        if (server.Engine.TlsParameter(server.Version) is var (family, parameter))
        {
            resources.Add(ParameterGroup(server, family, parameter));
        }

        if (server.Aurora is { } aurora)
        {
            resources.AddRange(AuroraComposer.Compose(server, aurora));
            resources.AddRange(AlarmComposer.Compose(application, AuroraAlarms.Of(server, aurora)));
        }
        else
        {
            resources.Add(Instance(server, server.Rds!));
            resources.AddRange(AlarmComposer.Compose(application, DatabaseAlarms.Of(server, server.Rds!)));
        }

        resources.ForEach(resource => resource.Owner = server.Name);
        return new TemplateSection($"{server.Name}: a database", resources);
    }

    /// <summary>The way from a service or task to a database.</summary>
    public static IEnumerable<TemplateResource> Ways(FargateApplication application, Workload workload) =>
        application
            .DatabaseConnections.Where(connection => connection.Workload == workload.Name)
            .DistinctBy(connection => connection.CalledId)
            .Select(connection => new TemplateResource($"{connection.CalledId}From{workload.Id}", "AWS::EC2::SecurityGroupIngress")
            {
                Comment = connection.Reason,
                Properties = NetworkRules.Ingress(
                    connection.Server.Existing is { } existing
                        ? existing.SecurityGroupId
                        : Fn.GetAtt($"{connection.CalledId}SecurityGroup", "GroupId"),
                    ServiceComposer.SecurityGroupId(workload),
                    connection.Server.Port,
                    $"{connection.CalledName} from {workload.Name}"
                ),
            });

    /// <summary>What must be there before a workload's tasks can connect, and the address that they have does not name.</summary>
    public static IEnumerable<string> InstancesOf(FargateApplication application, Workload workload) =>
        application
            .DatabaseConnections.Where(connection => connection.Workload == workload.Name && connection.Server.Existing is null)
            .SelectMany(connection => connection.Server.InstanceIds.Take(connection.Replica is null ? 1 : 2))
            .Distinct(StringComparer.Ordinal);

    /// <summary>What the comments of a server's resources begin with: the line of the model.</summary>
    public static string Said(DatabaseServer server) => $"{server.Name}.{(server.Aurora is null ? "PublishAsRds" : "PublishAsAurora")}";

    private static TemplateResource SecurityGroup(FargateApplication application, DatabaseServer server) =>
        new(SecurityGroupId(server), "AWS::EC2::SecurityGroup")
        {
            Comment = $"{Said(server)}: those that refer to it have a rule each",
            Properties = new()
            {
                ["GroupDescription"] = $"{server.Name} - from those that refer to it",
                ["VpcId"] = application.Network.VpcId(),
            },
        };

    public static string SubnetGroupId(DatabaseServer server) => $"{server.ResourceId}Subnets";

    private static TemplateResource SubnetGroup(FargateApplication application, DatabaseServer server) =>
        new(SubnetGroupId(server), "AWS::RDS::DBSubnetGroup")
        {
            Comment = $"{Said(server)}: where it may be, in two zones at the least",
            Properties = new()
            {
                ["DBSubnetGroupDescription"] = $"{server.Name} of {application.Name}",
                ["SubnetIds"] = application.Network.DataSubnets(),
            },
        };

    public static string ParameterGroupId(DatabaseServer server) => $"{server.ResourceId}Parameters";

    private static TemplateResource ParameterGroup(DatabaseServer server, string family, string parameter) =>
        new(ParameterGroupId(server), server.Aurora is null ? "AWS::RDS::DBParameterGroup" : "AWS::RDS::DBClusterParameterGroup")
        {
            Comment =
                $"{Said(server)}: no connection without TLS, which {server.Engine.Title}{(server.Aurora is null ? " of RDS" : "")} takes by default",
            Properties = new()
            {
                ["Description"] = $"{server.Name} - TLS alone",
                ["Family"] = family,
                ["Parameters"] = new TemplateMap { [parameter] = server.Engine.TlsValue },
            },
        };

    /// <summary>What cfn-lint does not know of a major version alone.</summary>
    private static TemplateMap OfMajorAlone(DatabaseServer server) =>
        server.Version != server.MajorVersion || server.Engine.MajorsKnownToLint.Contains(server.Version)
            ? []
            : new()
            {
                Comment =
                    "RDS takes a major version for the minor one that it has for it, and cfn-lint "
                    + (
                        server.Engine.MajorsKnownToLint.IsEmpty
                            ? "knows minor ones of this engine alone"
                            : "takes it for the oldest of them"
                    ),
                ["cfn-lint"] = new TemplateMap
                {
                    ["config"] = new TemplateMap
                    {
                        ["ignore_checks"] = new TemplateList([server.Engine.MajorsKnownToLint.IsEmpty ? "E3691" : "W3691"]),
                    },
                },
            };

    private static TemplateResource Instance(DatabaseServer server, RelationalDatabase options)
    {
        // The user and the database are those of a snapshot, and so are its size and its encryption.
        var isNew = options.RestoreFrom is null;
        return new(server.ResourceId, DatabaseTypes.Instance)
        {
            Comment =
                $"{server.Name}.PublishAsRds: encrypted, over TLS, reached by those that refer to it alone; a final snapshot stays "
                + $"where it goes",
            DeletionPolicy = "Snapshot",
            UpdateReplacePolicy = "Snapshot",
            Metadata = OfMajorAlone(server),
            Properties = new()
            {
                ["Engine"] = server.Engine.Name,
                ["EngineVersion"] = server.Version,
                ["LicenseModel"] = server.Engine.License is { } license ? license : null,
                ["AllowMajorVersionUpgrade"] = options.AllowMajorVersionUpgrade ? true : null,
                ["AutoMinorVersionUpgrade"] = true,
                ["DBInstanceClass"] = server.InstanceClass,
                ["MultiAZ"] = options.MultiAz,
                ["DBSnapshotIdentifier"] = options.RestoreFrom is { } snapshot ? snapshot : null,
                ["DBName"] = server.InitialDatabase is { } database ? database : null,
                ["MasterUsername"] = isNew ? ValueComposer.Compose(server.UserName) : null,
                ["MasterUserPassword"] = ValueComposer.Compose(new SecretValue(server.Password)),
                ["StorageType"] = "gp3",
                ["AllocatedStorage"] = isNew ? $"{options.StorageGigabytes}" : null,
                ["MaxAllocatedStorage"] = options.MaximumStorageGigabytes is { } most ? most : null,
                ["StorageEncrypted"] = isNew ? true : null,
                ["BackupRetentionPeriod"] = options.BackupDays,
                ["CopyTagsToSnapshot"] = true,
                ["DeletionProtection"] = options.DeletionProtection,
                ["EnablePerformanceInsights"] = server.Engine.HasInsights(server.InstanceClass),
                ["EnableCloudwatchLogsExports"] = new TemplateList(server.Engine.Logs.Select(log => (TemplateNode)log)),
                ["PubliclyAccessible"] = false,
                ["DBSubnetGroupName"] = Fn.Ref(SubnetGroupId(server)),
                ["DBParameterGroupName"] = server.Engine.TlsParameter(server.Version) is null ? null : Fn.Ref(ParameterGroupId(server)),
                ["VPCSecurityGroups"] = new TemplateList([Fn.GetAtt(SecurityGroupId(server), "GroupId")]),
                ["Tags"] = PasswordVersion(server),
            },
        };
    }

    /// <summary>The version of the password, as a tag: a new one is a change then.</summary>
    public static TemplateList PasswordVersion(DatabaseServer server) =>
        new([new TemplateMap { ["Key"] = "password-version", ["Value"] = Fn.Ref(server.Password.VersionParameterId) }]);
}
