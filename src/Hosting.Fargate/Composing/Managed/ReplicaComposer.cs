using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// A replica of an instance of RDS with its security group. Its data, its user, its password, its parameters and its subnets are those of
/// the instance that it follows, and it is upgraded with it; it leaves no snapshot, for that instance has all that it has.
/// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
/// </summary>
internal static class ReplicaComposer
{
    public static string SecurityGroupId(DatabaseReplica replica) => $"{replica.ResourceId}SecurityGroup";

    public static TemplateSection Compose(FargateApplication application, DatabaseServer server, DatabaseReplica replica)
    {
        List<TemplateResource> resources =
        [
            new(SecurityGroupId(replica), "AWS::EC2::SecurityGroup")
            {
                Comment = $"{server.Name}.AddReadReplica: those that refer to {replica.Name} have a rule each",
                Properties = new()
                {
                    ["GroupDescription"] = $"{replica.Name} - from those that refer to it",
                    ["VpcId"] = application.Network.VpcId(),
                },
            },
            Instance(server, replica, server.Rds!),
            .. AlarmComposer.Compose(application, ReplicaAlarms.Of(server, replica, server.Rds!)),
        ];
        resources.ForEach(resource => resource.Owner = replica.Name);
        return new TemplateSection($"{replica.Name}: a replica of {server.Name}", resources);
    }

    private static TemplateResource Instance(DatabaseServer server, DatabaseReplica replica, RelationalDatabase options) =>
        new(replica.ResourceId, DatabaseTypes.Instance)
        {
            Comment = $"{server.Name}.AddReadReplica: follows {server.ResourceId}, and holds nothing that that has not",
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Delete",
            Properties = new()
            {
                ["SourceDBInstanceIdentifier"] = Fn.Ref(server.ResourceId),
                ["DBInstanceClass"] = server.ClassOf(replica),
                ["AutoMinorVersionUpgrade"] = true,
                ["StorageType"] = "gp3",
                ["MaxAllocatedStorage"] = options.MaximumStorageGigabytes is { } most ? most : null,
                ["CopyTagsToSnapshot"] = true,
                ["DeletionProtection"] = false,
                ["EnablePerformanceInsights"] = server.Engine.HasInsights(server.ClassOf(replica)),
                ["EnableCloudwatchLogsExports"] = new TemplateList(server.Engine.Logs.Select(log => (TemplateNode)log)),
                ["PubliclyAccessible"] = false,
                ["VPCSecurityGroups"] = new TemplateList([Fn.GetAtt(SecurityGroupId(replica), "GroupId")]),
            },
        };
}
