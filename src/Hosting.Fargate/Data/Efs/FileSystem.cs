using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Data;

/// <summary>A file system for a volume of the model, of those containers that mount it.</summary>
/// <param name="Name">The volume's name in the model.</param>
/// <param name="Existing">The id where the file system is there already.</param>
internal sealed record FileSystem(string Name, string? Existing = null) : DataResource(Name, Existing)
{
    public override string Type => FileSystemType.Name;

    public override string Noun => "file system";

    public override string Service => "EFS";

    public override string How => "over TLS, by access points";

    public override string? Caption => "file system";

    public override UncountedCost? Cost =>
        new("Files on EFS", $"{CostText.PerGigabyteMonth(Prices.FileSystemGigabyteMonth)}, and reads, writes and backups");

    public override IEnumerable<DataOutput> Outputs =>
        [new("FileSystemId", Fn.Ref(FileSystemId)), new("FileSystemArn", Fn.GetAtt(FileSystemId, "Arn"))];

    private string FileSystemId => $"{Id}FileSystem";

    /// <summary>The access point by which a workload mounts it.</summary>
    public static string AccessPointId(Workload workload, DataResource fileSystem) => $"{workload.Id}{fileSystem.Id}AccessPoint";

    public override IEnumerable<string> Verbs(Enum access) => access.HasFlag(VolumeAccess.Write) ? ["reads", "writes"] : ["reads"];

    public override IEnumerable<Statement> Statements(Workload workload, DataGrant grant) =>
        [
            new(
                $"{Id}Volume",
                grant.Access.HasFlag(VolumeAccess.Write)
                    ? ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
                    : ["elasticfilesystem:ClientMount"],
                [Attribute("FileSystemArn")]
            )
            {
                Comment = grant.Reason,
                Condition = new TemplateMap
                {
                    ["StringEquals"] = new TemplateMap
                    {
                        ["elasticfilesystem:AccessPointArn"] = Fn.GetAtt(AccessPointId(workload, this), "Arn"),
                    },
                },
            },
        ];

    public override IEnumerable<TemplateResource> Compose(string application) =>
        [
            Kept.Resource(
                new(FileSystemId, Type)
                {
                    Comment = $"WithVolume(\"{Name}\"): on Amazon EFS, encrypted, backed up; over TLS and by access points alone",
                    Properties = new()
                    {
                        ["Encrypted"] = true,
                        ["ThroughputMode"] = "elastic",
                        ["BackupPolicy"] = new TemplateMap { ["Status"] = "ENABLED" },
                        ["LifecyclePolicies"] = new TemplateList([new TemplateMap { ["TransitionToIA"] = "AFTER_30_DAYS" }]),
                        ["FileSystemPolicy"] = new TemplateMap
                        {
                            ["Version"] = "2012-10-17",
                            ["Statement"] = new TemplateList([
                                new TemplateMap
                                {
                                    ["Sid"] = "TlsOnly",
                                    ["Effect"] = "Deny",
                                    ["Principal"] = new TemplateMap { ["AWS"] = "*" },
                                    ["Action"] = "*",
                                    ["Condition"] = new TemplateMap { ["Bool"] = new TemplateMap { ["aws:SecureTransport"] = "false" } },
                                },
                            ]),
                        },
                    },
                }
            ),
        ];

    protected override TemplateNode? Known(string property) =>
        property == "FileSystemArn" ? Fn.Arn("elasticfilesystem", $"file-system/{Existing}") : Existing!;
}
